//! The words of the webhook catalogue, list by list, as its sections give them (§2 to §5, §9).

/// Every list with the number of its rows and with its documented words, in most of them also one that nobody has
/// documented (`hologram`, …).
pub(super) const CATALOGUE: &[(&str, usize, &str)] = &[
    ("body", 5, "(bare) (list) entry user whatsappNotification"),
    (
        "messages[].type",
        45,
        "(missing) audio button contacts document edit ephemeral hologram image interactive location \
          media_placeholder order reaction request_welcome revoke sticker system text unknown unsupported \
          video view_once view_once_message view_once_message_v2 voice",
    ),
    (
        "messages[]",
        17,
        "contacts errors from from_logical_id from_parent_user_id from_user_id group_id identity origin referral",
    ),
    (
        "messages[].context",
        4,
        "forwarded frequently_forwarded id referred_product",
    ),
    (
        "interactive.type",
        15,
        "(missing) button_reply call_permission_reply interactive list_reply nfm_reply payment_method \
          product",
    ),
    (
        "unsupported.type",
        23,
        "(missing) button edit errors gif group_invite hsm image interactive keep_in_chat link_preview list \
          location media_placeholder order pin poll_creation poll_update pool product reaction",
    ),
    (
        "system.type",
        7,
        "(missing) customer_changed_number customer_identity_changed customer_ascended user_changed_number \
          user_changed_user_id",
    ),
    (
        "statuses[].status",
        8,
        "beamed deleted delivered failed played read sent warning",
    ),
    (
        "statuses[]",
        18,
        "biz_opaque_callback_data contacts conversation errors message parent_recipient_user_id \
          parent_user_id participant_recipient_id pricing recipient_identity_key_hash \
          recipient_participant_id recipient_participant_user_id recipient_user_id sequence",
    ),
    (
        "pricing.category",
        14,
        "authentication authentication-international authentication_international business_initiated \
          general_purpose_ai group_marketing group_service group_utility marketing marketing_lite \
          referral_conversion service user_initiated utility",
    ),
    (
        "payment status",
        5,
        "canceled captured failed pending success",
    ),
    ("call status", 4, "ACCEPTED REJECTED RINGING TELEPORTED"),
    (
        "calls[].event",
        8,
        "call_recording_available call_transcription_available connect created teleport terminate",
    ),
    ("calls[].status", 3, "COMPLETED Completed FAILED"),
    (
        "field",
        54,
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
    ("value", 4, "conversation_context errors user_actions"),
    (
        "user_actions[].action_type",
        2,
        "marketing_messages_link_click marketing_messages_yawn",
    ),
    (
        "account_update.event",
        18,
        "ACCOUNT_DELETED ACCOUNT_OFFBOARDED ACCOUNT_RECONNECTED ACCOUNT_RESTRICTION ACCOUNT_TRANSCENDED \
          ACCOUNT_VIOLATION AD_ACCOUNT_LINKED AUTH_INTL_PRICE_ELIGIBILITY_UPDATE \
          BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE DISABLED_UPDATE MM_LITE_TERMS_SIGNED PARTNER_ADDED \
          PARTNER_APP_INSTALLED PARTNER_APP_UNINSTALLED PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE \
          PARTNER_REMOVED VERIFIED_ACCOUNT VOLUME_BASED_PRICING_TIER_UPDATE",
    ),
    (
        "waba_ban_state",
        4,
        "DISABLE REINSTATE SCHEDULE_FOR_DISABLE",
    ),
    ("alert_severity", 3, "CRITICAL INFORMATIONAL WARNING"),
    ("alert_status", 2, "ACTIVE NONE"),
    (
        "account_review_update.decision",
        5,
        "APPROVED DEFERRED PENDING PONDERED REJECTED",
    ),
    (
        "phone_number_quality_update.event",
        7,
        "DOWNGRADE FLAGGED ONBOARDING SIDEGRADE THROUGHPUT_UPGRADE UNFLAGGED UPGRADE",
    ),
    ("phone_number_name_update.decision", 2, "APPROVED REJECTED"),
    (
        "security.event",
        4,
        "PIN_CHANGED PIN_POLISHED PIN_REQUEST_SUCCESS PIN_RESET_REQUEST",
    ),
    (
        "business_username_update.status",
        3,
        "approved deleted reserved",
    ),
    (
        "partner_solutions.event",
        2,
        "SOLUTION_CREATED SOLUTION_UPDATED",
    ),
    (
        "message_template_status_update.event",
        16,
        "APPROVED ARCHIVED DELETED DISABLED FLAGGED FRAMED IN_APPEAL LIMIT_EXCEEDED LOCKED PAUSED PENDING \
          PENDING_DELETION REINSTATED REJECTED UNLOCKED",
    ),
    ("new_quality_score", 4, "GREEN RED UNKNOWN YELLOW"),
    (
        "groups[].type",
        14,
        "group_add_participants group_ascend group_create group_delete group_join_request_created \
          group_join_request_revoked group_participants_add group_participants_remove \
          group_remove_participants group_settings_update group_suspend group_suspend_cleared",
    ),
    (
        "history_context.status",
        6,
        "DELIVERED ERROR PENDING PLAYED READ SENT",
    ),
    ("state_sync[].action", 2, "add remove"),
    (
        "messaging_handovers.type",
        3,
        "control_dropped control_passed control_taken",
    ),
    ("user_preferences[].value", 4, "resume shrug signup stop"),
    (
        "automatic_events[].event_name",
        3,
        "LeadSubmitted Purchase Sneeze",
    ),
    (
        "SMS messageType",
        5,
        "binary carrierPigeon deliveryReport text",
    ),
    (
        "SMS deliveryReportMessageStatus",
        7,
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
