//! The words of the webhook catalogue, list by list, as its sections give them (§2 to §5, §9).

/// Every list with its documented words, and in most of them one that nobody has documented (`hologram`, …).
pub(super) const CATALOGUE: &[(&str, &str)] = &[
    ("body", "(bare) (list) entry user whatsappNotification"),
    (
        "messages[].type",
        "(missing) audio button contacts document edit ephemeral hologram image interactive location \
          media_placeholder order reaction request_welcome revoke sticker system text unknown unsupported \
          video view_once view_once_message view_once_message_v2 voice",
    ),
    (
        "messages[]",
        "contacts errors from_logical_id from_parent_user_id from_user_id group_id identity origin referral",
    ),
    ("messages[].context", "forwarded frequently_forwarded id referred_product"),
    (
        "interactive.type",
        "(missing) button_reply call_permission_reply interactive list_reply nfm_reply payment_method \
          product",
    ),
    (
        "unsupported.type",
        "(missing) button edit errors gif group_invite hsm image interactive keep_in_chat link_preview list \
          location media_placeholder order pin poll_creation poll_update pool product reaction",
    ),
    (
        "system.type",
        "(missing) customer_changed_number customer_identity_changed customer_ascended user_changed_number \
          user_changed_user_id",
    ),
    ("statuses[].status", "beamed deleted delivered failed played read sent warning"),
    (
        "statuses[]",
        "biz_opaque_callback_data contacts conversation errors message parent_recipient_user_id \
          parent_user_id participant_recipient_id pricing recipient_identity_key_hash \
          recipient_participant_id recipient_participant_user_id recipient_user_id sequence",
    ),
    (
        "pricing.category",
        "authentication authentication-international authentication_international business_initiated \
          general_purpose_ai group_marketing group_service group_utility marketing marketing_lite \
          referral_conversion service user_initiated utility",
    ),
    ("payment status", "canceled captured failed pending success"),
    ("call status", "ACCEPTED REJECTED RINGING TELEPORTED"),
    (
        "calls[].event",
        "call_recording_available call_transcription_available connect created teleport terminate",
    ),
    ("calls[].status", "COMPLETED Completed FAILED"),
    (
        "field",
        "account_alerts account_review_update account_settings_update account_update automatic_events \
          business_capability_update business_username_update business_username_updates calls \
          consumer_profile flows group_lifecycle_update group_participant_update group_participants_update \
          group_settings_update group_status_update history message_echoes \
          message_template_components_update message_template_quality_update message_template_status_update \
          messages messaging_handovers partner_solutions payment_configuration_update \
          phone_number_name_update phone_number_quality_update security smb_app_state_sync \
          smb_message_echoes standby template_category_update template_correct_category_detection tea_time \
          user_id_update user_preferences",
    ),
    ("value", "conversation_context errors user_actions"),
    ("user_actions[].action_type", "marketing_messages_link_click marketing_messages_yawn"),
    (
        "account_update.event",
        "ACCOUNT_DELETED ACCOUNT_OFFBOARDED ACCOUNT_RECONNECTED ACCOUNT_RESTRICTION ACCOUNT_TRANSCENDED \
          ACCOUNT_VIOLATION AD_ACCOUNT_LINKED AUTH_INTL_PRICE_ELIGIBILITY_UPDATE \
          BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE DISABLED_UPDATE MM_LITE_TERMS_SIGNED PARTNER_ADDED \
          PARTNER_APP_INSTALLED PARTNER_APP_UNINSTALLED PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE \
          PARTNER_REMOVED VERIFIED_ACCOUNT VOLUME_BASED_PRICING_TIER_UPDATE",
    ),
    ("waba_ban_state", "DISABLE REINSTATE SCHEDULE_FOR_DISABLE"),
    ("alert_severity", "CRITICAL INFORMATIONAL WARNING"),
    ("alert_status", "ACTIVE NONE"),
    ("account_review_update.decision", "APPROVED DEFERRED PENDING PONDERED REJECTED"),
    (
        "phone_number_quality_update.event",
        "DOWNGRADE FLAGGED ONBOARDING SIDEGRADE THROUGHPUT_UPGRADE UNFLAGGED UPGRADE",
    ),
    ("phone_number_name_update.decision", "APPROVED REJECTED"),
    ("security.event", "PIN_CHANGED PIN_POLISHED PIN_REQUEST_SUCCESS PIN_RESET_REQUEST"),
    ("business_username_update.status", "approved deleted reserved"),
    ("partner_solutions.event", "SOLUTION_CREATED SOLUTION_UPDATED"),
    (
        "message_template_status_update.event",
        "APPROVED ARCHIVED DELETED DISABLED FLAGGED FRAMED IN_APPEAL LIMIT_EXCEEDED LOCKED PAUSED PENDING \
          PENDING_DELETION REINSTATED REJECTED UNLOCKED",
    ),
    ("new_quality_score", "GREEN RED UNKNOWN YELLOW"),
    (
        "groups[].type",
        "group_add_participants group_ascend group_create group_delete group_join_request_created \
          group_join_request_revoked group_participants_add group_participants_remove \
          group_remove_participants group_settings_update group_suspend group_suspend_cleared",
    ),
    ("history_context.status", "DELIVERED ERROR PENDING PLAYED READ SENT"),
    ("state_sync[].action", "add remove"),
    ("messaging_handovers.type", "control_dropped control_passed control_taken"),
    ("user_preferences[].value", "resume shrug stop"),
    ("automatic_events[].event_name", "LeadSubmitted Purchase Sneeze"),
    ("SMS messageType", "binary carrierPigeon deliveryReport text"),
    (
        "SMS deliveryReportMessageStatus",
        "accepted deleted delivered expired lost rejected undelivered",
    ),
];

/// Lists of words by which the reader decides, so that an unknown one must be named as not understood.
pub(super) const OPEN: &[&str] = &[
    "SMS deliveryReportMessageStatus",
    "SMS messageType",
    "account_review_update.decision",
    "account_update.event",
    "automatic_events[].event_name",
    "body",
    "call status",
    "calls[].event",
    "field",
    "groups[].type",
    "interactive.type",
    "message_template_status_update.event",
    "messages[].type",
    "messaging_handovers.type",
    "phone_number_quality_update.event",
    "security.event",
    "statuses[].status",
    "user_actions[].action_type",
    "user_preferences[].value",
];
