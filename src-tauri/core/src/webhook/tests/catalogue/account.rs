//! News about the account, its numbers and what may be done with them (webhook catalogue §5).

use serde_json::Value;

use super::{Row, change, table};

pub(super) fn rows() -> Vec<Row> {
    [updates(), alerts(), numbers(), rest()]
        .into_iter()
        .flatten()
        .collect()
}

fn updates() -> Vec<Row> {
    let mut rows = table! {
        "account_update.event" in |value: Value| change("account_update", value);

        "ACCOUNT_DELETED" {"event": "ACCOUNT_DELETED"}
            => "?", "?";
        "ACCOUNT_VIOLATION" {"event": "ACCOUNT_VIOLATION", "phone_number": "49301234", "violation_info": {"violation_type": "SPAM"}}
            => "?", "?";
        "ACCOUNT_RESTRICTION" {"event": "ACCOUNT_RESTRICTION", "restriction_info": [{"restriction_type": "RESTRICTED_BIZ_INITIATED_MESSAGING", "expiration": 1700086400}, {"restriction_type": "RESTRICTED_ADD_PHONE_NUMBER_ACTION", "remediation": "wait"}]}
            => "?", "?";
        "AD_ACCOUNT_LINKED" {"event": "AD_ACCOUNT_LINKED", "waba_info": {"waba_id": "WABA1", "ad_account_linked": "A1", "owner_business_id": "B1"}}
            => "?", "?";
        "AUTH_INTL_PRICE_ELIGIBILITY_UPDATE" {"event": "AUTH_INTL_PRICE_ELIGIBILITY_UPDATE", "auth_international_rate_eligibility": {"start_time": 1700000000}}
            => "?", "?";
        "BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE" {"event": "BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE", "country": "AT"}
            => "?", "?";
        "DISABLED_UPDATE" {"event": "DISABLED_UPDATE"}
            => "?", "?";
        "MM_LITE_TERMS_SIGNED" {"event": "MM_LITE_TERMS_SIGNED"}
            => "?", "?";
        "PARTNER_ADDED" {"event": "PARTNER_ADDED", "waba_info": {"waba_id": "WABA1", "owner_business_id": "B1"}}
            => "?", "?";
        "PARTNER_APP_INSTALLED" {"event": "PARTNER_APP_INSTALLED"}
            => "?", "?";
        "PARTNER_APP_UNINSTALLED" {"event": "PARTNER_APP_UNINSTALLED"}
            => "?", "?";
        "PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE" {"event": "PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE", "partner_client_certification_info": {"client_business_id": "B1", "status": "APPROVED"}}
            => "?", "?";
        "PARTNER_REMOVED" {"event": "PARTNER_REMOVED", "disconnection_info": {"reason": "USER_REQUEST"}}
            => "?", "?";
        "ACCOUNT_OFFBOARDED" {"event": "ACCOUNT_OFFBOARDED"}
            => "?", "?";
        "ACCOUNT_RECONNECTED" {"event": "ACCOUNT_RECONNECTED"}
            => "?", "?";
        "VERIFIED_ACCOUNT" {"event": "VERIFIED_ACCOUNT", "phone_number": "49301234"}
            => "?", "?";
        "VOLUME_BASED_PRICING_TIER_UPDATE" {"event": "VOLUME_BASED_PRICING_TIER_UPDATE", "volume_tier_info": {"tier_update_time": 1700000000, "pricing_category": "UTILITY", "tier": "25000000:50000000", "effective_month": "2023-11", "region": "Germany"}}
            => "?", "?";
        "ACCOUNT_TRANSCENDED" {"event": "ACCOUNT_TRANSCENDED"}
            => "?", "?";
    };
    rows.extend(table! {
        "waba_ban_state" in |ban: Value| change("account_update", serde_json::json!({"event": "DISABLED_UPDATE", "ban_info": ban}));

        "DISABLE" {"waba_ban_state": "DISABLE", "waba_ban_date": "April 17, 2025"}
            => "?", "?";
        "DISABLE, beside all the others" {"waba_ban_state": ["SCHEDULE_FOR_DISABLE", "DISABLE", "REINSTATE"], "waba_ban_date": "April 17, 2025"}
            => "?", "?";
        "SCHEDULE_FOR_DISABLE" {"waba_ban_state": "SCHEDULE_FOR_DISABLE", "waba_ban_date": "April 17, 2025"}
            => "?", "?";
        "REINSTATE" {"waba_ban_state": "REINSTATE", "waba_ban_date": "April 17, 2025"}
            => "?", "?";
    });
    rows.extend(table! {
        "field" in |value: Value| change("account_update", value);

        "account_update" {"event": "VERIFIED_ACCOUNT"} => "?", "?";
    });
    rows
}

fn alerts() -> Vec<Row> {
    let alert = |alert: Value| {
        let value =
            serde_json::json!({"entity_type": "BUSINESS", "entity_id": "B1", "alert_info": alert});
        change("account_alerts", value)
    };
    let mut rows = table! {
        "alert_severity" in alert;

        "CRITICAL" {"alert_severity": "CRITICAL", "alert_status": "ACTIVE", "alert_type": "OBA_REJECTED", "alert_description": "Please\nact"}
            => "?", "?";
        "WARNING" {"alert_severity": "WARNING", "alert_status": "ACTIVE", "alert_type": "INCREASED_CAPABILITIES_ELIGIBILITY_DEFERRED"}
            => "?", "?";
        "INFORMATIONAL" {"alert_severity": "INFORMATIONAL", "alert_status": "ACTIVE", "alert_type": "OBA_APPROVED"}
            => "?", "?";
    };
    rows.extend(table! {
        "alert_status" in alert;

        "ACTIVE" {"alert_severity": "CRITICAL", "alert_status": "ACTIVE", "alert_type": "OBA_REJECTED"}
            => "?", "?";
        "NONE" {"alert_severity": "CRITICAL", "alert_status": "NONE", "alert_type": "OBA_REJECTED"}
            => "?", "?";
    });
    rows.extend(table! {
        "field" in |value: Value| change("account_alerts", value);

        "account_alerts" {"entity_type": "PHONE_NUMBER", "entity_id": 1, "alert_info": {}} => "?", "?";
    });
    rows.extend(table! {
        "account_review_update.decision" in |value: Value| change("account_review_update", value);

        "APPROVED" {"decision": "APPROVED"} => "?", "?";
        "REJECTED" {"decision": "REJECTED"} => "?", "?";
        "PENDING" {"decision": "PENDING"} => "?", "?";
        "DEFERRED" {"decision": "DEFERRED"} => "?", "?";
        "PONDERED" {"decision": "PONDERED"} => "?", "?";
    });
    rows.extend(table! {
        "field" in |value: Value| change("account_review_update", value);

        "account_review_update" {"decision": "APPROVED"} => "?", "?";
    });
    rows
}

fn numbers() -> Vec<Row> {
    let mut rows = table! {
        "phone_number_quality_update.event" in |value: Value| change("phone_number_quality_update", value);

        "ONBOARDING" {"event": "ONBOARDING", "display_phone_number": "49301234", "current_limit": "TIER_250"}
            => "?", "?";
        "THROUGHPUT_UPGRADE" {"event": "THROUGHPUT_UPGRADE", "display_phone_number": "49301234", "current_limit": "TIER_UNLIMITED"}
            => "?", "?";
        "UPGRADE" {"event": "UPGRADE", "display_phone_number": "49301234", "old_limit": "TIER_1K", "current_limit": "TIER_10K"}
            => "?", "?";
        "DOWNGRADE" {"event": "DOWNGRADE", "display_phone_number": "49301234", "current_limit": "TIER_1K"}
            => "?", "?";
        "FLAGGED" {"event": "FLAGGED", "display_phone_number": "49301234", "current_limit": "TIER_NOT_SET"}
            => "?", "?";
        "UNFLAGGED" {"event": "UNFLAGGED", "display_phone_number": "49301234", "max_daily_conversations_per_business": -1}
            => "?", "?";
        "SIDEGRADE" {"event": "SIDEGRADE", "display_phone_number": "49301234"}
            => "?", "?";
    };
    rows.extend(table! {
        "phone_number_name_update.decision" in |value: Value| change("phone_number_name_update", value);

        "APPROVED" {"display_phone_number": "49301234", "decision": "APPROVED", "requested_verified_name": "Muster AG", "rejection_reason": "NONE"}
            => "?", "?";
        "REJECTED" {"display_phone_number": "49301234", "decision": "REJECTED", "requested_verified_name": "Best", "rejection_reason": "NAME_EMPLOYEE_ISSUE"}
            => "?", "?";
    });
    rows.extend(table! {
        "security.event" in |value: Value| change("security", value);

        "PIN_CHANGED" {"display_phone_number": "49301234", "event": "PIN_CHANGED", "requester": "U1"}
            => "?", "?";
        "PIN_RESET_REQUEST" {"display_phone_number": "49301234", "event": "PIN_RESET_REQUEST"}
            => "?", "?";
        "PIN_REQUEST_SUCCESS" {"display_phone_number": "49301234", "event": "PIN_REQUEST_SUCCESS"}
            => "?", "?";
        "PIN_POLISHED" {"display_phone_number": "49301234", "event": "PIN_POLISHED"}
            => "?", "?";
    });
    rows.extend(table! {
        "business_username_update.status" in |value: Value| change("business_username_update", value);

        "approved" {"display_phone_number": "49301234", "username": "muster", "status": "approved"} => "?", "?";
        "deleted" {"display_phone_number": "49301234", "status": "deleted"} => "?", "?";
        "reserved" {"display_phone_number": "49301234", "username": "muster", "status": "reserved"} => "?", "?";
    });
    rows.extend(table! {
        "partner_solutions.event" in |value: Value| change("partner_solutions", value);

        "SOLUTION_CREATED" {"event": "SOLUTION_CREATED", "solution_id": "S1", "solution_status": "INITIATED"} => "?", "?";
        "SOLUTION_UPDATED" {"event": "SOLUTION_UPDATED", "solution_id": "S1", "solution_status": "ACTIVE"} => "?", "?";
    });
    rows
}

fn rest() -> Vec<Row> {
    let under = |mut keys: Value| {
        let field = keys["field"].take();
        let value = keys["value"].take();
        change(field.as_str().expect("the row names its field"), value)
    };
    table! {
        "field" in under;

        "account_settings_update" {"field": "account_settings_update", "value": {"messaging_product": "whatsapp", "timestamp": "1700000000", "type": "phone_number_settings", "phone_number_settings": {"phone_number_id": "PN1", "calling": {"status": "ENABLED"}}}}
            => "?", "?";
        "business_capability_update" {"field": "business_capability_update", "value": {"max_daily_conversation_per_phone": -1, "max_phone_numbers_per_business": 20}}
            => "?", "?";
        "business_capability_update, by tier" {"field": "business_capability_update", "value": {"max_daily_conversations_per_business": "TIER_2K", "max_phone_numbers_per_waba": 25}}
            => "?", "?";
        "business_username_update" {"field": "business_username_update", "value": {"username": "muster", "status": "approved"}}
            => "?", "?";
        "business_username_updates" {"field": "business_username_updates", "value": {"username": "muster", "status": "approved"}}
            => "?", "?";
        "flows" {"field": "flows", "value": {"event": "FLOW_STATUS_CHANGE", "flow_id": "F1", "message": "Flow X changed from DRAFT to PUBLISHED", "old_status": "DRAFT", "new_status": "PUBLISHED"}}
            => "?", "?";
        "flows, an endpoint" {"field": "flows", "value": {"event": "ENDPOINT_ERROR_RATE", "flow_id": "F1", "error_rate": 0.2}}
            => "?", "?";
        "partner_solutions" {"field": "partner_solutions", "value": {"event": "SOLUTION_UPDATED"}}
            => "?", "?";
        "payment_configuration_update" {"field": "payment_configuration_update", "value": {"configuration_name": "shop", "provider_name": "razorpay", "provider_mid": "acc", "status": "Needs Testing", "created_timestamp": 1700000000, "updated_timestamp": 1700000001}}
            => "?", "?";
        "phone_number_name_update" {"field": "phone_number_name_update", "value": {"display_phone_number": "49301234", "decision": "DEFERRED", "requested_verified_name": "Muster", "rejection_reason": null}}
            => "?", "?";
        "phone_number_quality_update" {"field": "phone_number_quality_update", "value": {"display_phone_number": "49301234", "event": "ONBOARDING"}}
            => "?", "?";
        "security" {"field": "security", "value": {"display_phone_number": "49301234", "event": "PIN_CHANGED"}}
            => "?", "?";
    }
}
