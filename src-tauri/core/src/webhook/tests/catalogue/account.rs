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
            => "account_update: notice of topic account, problem \"deleted  WABA1\", facts event, on no number", "The WhatsApp Business account was deleted";
        "ACCOUNT_VIOLATION" {"event": "ACCOUNT_VIOLATION", "phone_number": "49301234", "violation_info": {"violation_type": "SPAM"}}
            => "account_update: notice of topic account, problem \"violation +49301234 WABA1\", facts event phone_number violation_info.violation_type, on no number", "The account of +49301234 violates WhatsApp's rules: spam";
        "ACCOUNT_RESTRICTION" {"event": "ACCOUNT_RESTRICTION", "restriction_info": [{"restriction_type": "RESTRICTED_BIZ_INITIATED_MESSAGING", "expiration": 1700086400}, {"restriction_type": "RESTRICTED_ADD_PHONE_NUMBER_ACTION", "remediation": "wait"}]}
            => "account_update: notice of topic account, problem \"restriction  WABA1\", facts event restriction_info.1.expiration restriction_info.1.restriction_type restriction_info.2.remediation restriction_info.2.restriction_type, on no number", "The WhatsApp Business account is restricted: restricted biz initiated messaging until 15 November 2023, restricted add phone number action";
        "AD_ACCOUNT_LINKED" {"event": "AD_ACCOUNT_LINKED", "waba_info": {"waba_id": "WABA1", "ad_account_linked": "A1", "owner_business_id": "B1"}}
            => "account_update: notice of topic account, facts event waba_info.ad_account_linked waba_info.owner_business_id waba_info.waba_id, on no number", "An ad account was linked to the WhatsApp Business account";
        "AUTH_INTL_PRICE_ELIGIBILITY_UPDATE" {"event": "AUTH_INTL_PRICE_ELIGIBILITY_UPDATE", "auth_international_rate_eligibility": {"start_time": 1700000000}}
            => "account_update: notice of topic account, facts auth_international_rate_eligibility.start_time event, on no number", "Prices of international authentication messages apply";
        "BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE" {"event": "BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE", "country": "AT"}
            => "account_update: notice of topic account, facts country event, on no number", "The business's country was set: AT";
        "DISABLED_UPDATE" {"event": "DISABLED_UPDATE"}
            => "account_update: notice of topic account, problem \"ban  WABA1\", facts event, on no number", "WhatsApp disabled the WhatsApp Business account";
        "MM_LITE_TERMS_SIGNED" {"event": "MM_LITE_TERMS_SIGNED"}
            => "account_update: notice of topic account, facts event, on no number", "The terms for marketing messages were signed";
        "PARTNER_ADDED" {"event": "PARTNER_ADDED", "waba_info": {"waba_id": "WABA1", "owner_business_id": "B1"}}
            => "account_update: notice of topic account, over \"partner  WABA1\", facts event waba_info.owner_business_id waba_info.waba_id, on no number", "The WhatsApp Business account is shared with a partner";
        "PARTNER_APP_INSTALLED" {"event": "PARTNER_APP_INSTALLED"}
            => "account_update: notice of topic account, facts event, on no number", "A partner's app was added to the WhatsApp Business account";
        "PARTNER_APP_UNINSTALLED" {"event": "PARTNER_APP_UNINSTALLED"}
            => "account_update: notice of topic account, facts event, on no number", "A partner's app was removed from the WhatsApp Business account";
        "PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE" {"event": "PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE", "partner_client_certification_info": {"client_business_id": "B1", "status": "APPROVED"}}
            => "account_update: notice of topic account, facts event partner_client_certification_info.client_business_id partner_client_certification_info.status, on no number", "The business's verification by a partner: approved";
        "PARTNER_REMOVED" {"event": "PARTNER_REMOVED", "disconnection_info": {"reason": "USER_REQUEST"}}
            => "account_update: notice of topic account, problem \"partner  WABA1\", facts disconnection_info.reason event, on no number", "The WhatsApp Business account is no longer shared with a partner: user request";
        "ACCOUNT_OFFBOARDED" {"event": "ACCOUNT_OFFBOARDED"}
            => "account_update: notice of topic account, problem \"connection  WABA1\", facts event, on no number", "The WhatsApp Business account was disconnected from this provider; messages no longer come";
        "ACCOUNT_RECONNECTED" {"event": "ACCOUNT_RECONNECTED"}
            => "account_update: notice of topic account, over \"connection  WABA1\", facts event, on no number", "The WhatsApp Business account is connected again";
        "VERIFIED_ACCOUNT" {"event": "VERIFIED_ACCOUNT", "phone_number": "49301234"}
            => "account_update: notice of topic account, facts event phone_number, on no number", "The account of +49301234 was verified";
        "VOLUME_BASED_PRICING_TIER_UPDATE" {"event": "VOLUME_BASED_PRICING_TIER_UPDATE", "volume_tier_info": {"tier_update_time": 1700000000, "pricing_category": "UTILITY", "tier": "25000000:50000000", "effective_month": "2023-11", "region": "Germany"}}
            => "account_update: notice of topic account, facts event volume_tier_info.effective_month volume_tier_info.pricing_category volume_tier_info.region volume_tier_info.tier volume_tier_info.tier_update_time, on no number", "A new price tier by volume applies: 25000000:50000000";
        "ACCOUNT_TRANSCENDED" {"event": "ACCOUNT_TRANSCENDED"}
            => "account_update: notice of topic account, facts event, on no number + NOT UNDERSTOOD: account news of the word ACCOUNT_TRANSCENDED", "The WhatsApp Business account: account transcended";
    };
    rows.extend(table! {
        "waba_ban_state" in |ban: Value| change("account_update", serde_json::json!({"event": "DISABLED_UPDATE", "ban_info": ban}));

        "DISABLE" {"waba_ban_state": "DISABLE", "waba_ban_date": "April 17, 2025"}
            => "account_update: notice of topic account, problem \"ban  WABA1\", facts ban_info.waba_ban_date ban_info.waba_ban_state event, on no number", "WhatsApp disabled the WhatsApp Business account";
        "DISABLE, beside all the others" {"waba_ban_state": ["SCHEDULE_FOR_DISABLE", "DISABLE", "REINSTATE"], "waba_ban_date": "April 17, 2025"}
            => "account_update: notice of topic account, problem \"ban  WABA1\", facts ban_info.waba_ban_date ban_info.waba_ban_state.1 ban_info.waba_ban_state.2 ban_info.waba_ban_state.3 event, on no number", "WhatsApp disabled the WhatsApp Business account";
        "SCHEDULE_FOR_DISABLE" {"waba_ban_state": "SCHEDULE_FOR_DISABLE", "waba_ban_date": "April 17, 2025"}
            => "account_update: notice of topic account, problem \"ban  WABA1\", facts ban_info.waba_ban_date ban_info.waba_ban_state event, on no number", "WhatsApp will disable the WhatsApp Business account on April 17, 2025";
        "REINSTATE" {"waba_ban_state": "REINSTATE", "waba_ban_date": "April 17, 2025"}
            => "account_update: notice of topic account, over \"ban  WABA1\", facts ban_info.waba_ban_date ban_info.waba_ban_state event, on no number", "The WhatsApp Business account works again";
    });
    rows.extend(table! {
        "field" in |value: Value| change("account_update", value);

        "account_update" {"event": "VERIFIED_ACCOUNT"} => "account_update: notice of topic account, facts event, on no number", "The WhatsApp Business account was verified";
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
            => "account_alerts: notice of topic alert, problem \"alert OBA_REJECTED B1 WABA1\", facts alert_info.alert_description alert_info.alert_severity alert_info.alert_status alert_info.alert_type entity_id entity_type, on no number", "WhatsApp's alert: oba rejected: Please act";
        "WARNING" {"alert_severity": "WARNING", "alert_status": "ACTIVE", "alert_type": "INCREASED_CAPABILITIES_ELIGIBILITY_DEFERRED"}
            => "account_alerts: notice of topic alert, problem \"alert INCREASED_CAPABILITIES_ELIGIBILITY_DEFERRED B1 WABA1\", facts alert_info.alert_severity alert_info.alert_status alert_info.alert_type entity_id entity_type, on no number", "WhatsApp's alert: increased capabilities eligibility deferred";
        "INFORMATIONAL" {"alert_severity": "INFORMATIONAL", "alert_status": "ACTIVE", "alert_type": "OBA_APPROVED"}
            => "account_alerts: notice of topic alert, facts alert_info.alert_severity alert_info.alert_status alert_info.alert_type entity_id entity_type, on no number", "WhatsApp's alert: oba approved";
    };
    rows.extend(table! {
        "alert_status" in alert;

        "ACTIVE" {"alert_severity": "CRITICAL", "alert_status": "ACTIVE", "alert_type": "OBA_REJECTED"}
            => "account_alerts: notice of topic alert, problem \"alert OBA_REJECTED B1 WABA1\", facts alert_info.alert_severity alert_info.alert_status alert_info.alert_type entity_id entity_type, on no number", "WhatsApp's alert: oba rejected";
        "NONE" {"alert_severity": "CRITICAL", "alert_status": "NONE", "alert_type": "OBA_REJECTED"}
            => "account_alerts: notice of topic alert, over \"alert OBA_REJECTED B1 WABA1\", facts alert_info.alert_severity alert_info.alert_status alert_info.alert_type entity_id entity_type, on no number", "WhatsApp's alert is over: oba rejected";
    });
    rows.extend(table! {
        "field" in |value: Value| change("account_alerts", value);

        "account_alerts" {"entity_type": "PHONE_NUMBER", "entity_id": 1, "alert_info": {}} => "account_alerts: notice of topic alert, facts entity_id entity_type, on no number", "WhatsApp's alert: alert";
    });
    rows.extend(table! {
        "account_review_update.decision" in |value: Value| change("account_review_update", value);

        "APPROVED" {"decision": "APPROVED"} => "account_review_update: notice of topic account, over \"review WABA1\", facts decision, on no number", "WhatsApp approved the account";
        "REJECTED" {"decision": "REJECTED"} => "account_review_update: notice of topic account, problem \"review WABA1\", facts decision, on no number", "WhatsApp rejected the account";
        "PENDING" {"decision": "PENDING"} => "account_review_update: notice of topic account, facts decision, on no number", "WhatsApp reviews the account";
        "DEFERRED" {"decision": "DEFERRED"} => "account_review_update: notice of topic account, facts decision, on no number", "WhatsApp put off the account's review";
        "PONDERED" {"decision": "PONDERED"} => "account_review_update: notice of topic account, facts decision, on no number + NOT UNDERSTOOD: a review's decision of the word PONDERED", "News of the account's review";
    });
    rows.extend(table! {
        "field" in |value: Value| change("account_review_update", value);

        "account_review_update" {"decision": "APPROVED"} => "account_review_update: notice of topic account, over \"review WABA1\", facts decision, on no number", "WhatsApp approved the account";
    });
    rows
}

fn numbers() -> Vec<Row> {
    let mut rows = table! {
        "phone_number_quality_update.event" in |value: Value| change("phone_number_quality_update", value);

        "ONBOARDING" {"event": "ONBOARDING", "display_phone_number": "49301234", "current_limit": "TIER_250"}
            => "phone_number_quality_update: notice of topic number, facts current_limit display_phone_number event, on no number", "+49301234 was set up: 250 new conversations a day";
        "THROUGHPUT_UPGRADE" {"event": "THROUGHPUT_UPGRADE", "display_phone_number": "49301234", "current_limit": "TIER_UNLIMITED"}
            => "phone_number_quality_update: notice of topic number, over \"quality +49301234 WABA1\", facts current_limit display_phone_number event, on no number", "The limit of +49301234 was raised: any number of new conversations a day";
        "UPGRADE" {"event": "UPGRADE", "display_phone_number": "49301234", "old_limit": "TIER_1K", "current_limit": "TIER_10K"}
            => "phone_number_quality_update: notice of topic number, over \"quality +49301234 WABA1\", facts current_limit display_phone_number event old_limit, on no number", "The limit of +49301234 was raised: 10,000 new conversations a day";
        "DOWNGRADE" {"event": "DOWNGRADE", "display_phone_number": "49301234", "current_limit": "TIER_1K"}
            => "phone_number_quality_update: notice of topic number, problem \"quality +49301234 WABA1\", facts current_limit display_phone_number event, on no number", "The limit of +49301234 was lowered: 1,000 new conversations a day";
        "FLAGGED" {"event": "FLAGGED", "display_phone_number": "49301234", "current_limit": "TIER_NOT_SET"}
            => "phone_number_quality_update: notice of topic number, problem \"quality +49301234 WABA1\", facts current_limit display_phone_number event, on no number", "The quality of +49301234 is low: customers block or report it: no set number of new conversations a day";
        "UNFLAGGED" {"event": "UNFLAGGED", "display_phone_number": "49301234", "max_daily_conversations_per_business": -1}
            => "phone_number_quality_update: notice of topic number, over \"quality +49301234 WABA1\", facts display_phone_number event max_daily_conversations_per_business, on no number", "The quality of +49301234 is good again: any number of new conversations a day";
        "SIDEGRADE" {"event": "SIDEGRADE", "display_phone_number": "49301234"}
            => "phone_number_quality_update: notice of topic number, facts display_phone_number event, on no number + NOT UNDERSTOOD: a number's news of the word SIDEGRADE", "+49301234: sidegrade";
    };
    rows.extend(table! {
        "phone_number_name_update.decision" in |value: Value| change("phone_number_name_update", value);

        "APPROVED" {"display_phone_number": "49301234", "decision": "APPROVED", "requested_verified_name": "Muster AG", "rejection_reason": "NONE"}
            => "phone_number_name_update: notice of topic number, facts decision display_phone_number rejection_reason requested_verified_name, on no number", "WhatsApp accepted the name Muster AG for +49301234";
        "REJECTED" {"display_phone_number": "49301234", "decision": "REJECTED", "requested_verified_name": "Best", "rejection_reason": "NAME_EMPLOYEE_ISSUE"}
            => "phone_number_name_update: notice of topic number, facts decision display_phone_number rejection_reason requested_verified_name, on no number", "WhatsApp rejected the name Best for +49301234: name employee issue";
    });
    rows.extend(table! {
        "security.event" in |value: Value| change("security", value);

        "PIN_CHANGED" {"display_phone_number": "49301234", "event": "PIN_CHANGED", "requester": "U1"}
            => "security: notice of topic security, facts display_phone_number event requester, on no number", "The PIN of +49301234 was changed";
        "PIN_RESET_REQUEST" {"display_phone_number": "49301234", "event": "PIN_RESET_REQUEST"}
            => "security: notice of topic security, facts display_phone_number event, on no number", "Somebody asked to reset the PIN of +49301234";
        "PIN_REQUEST_SUCCESS" {"display_phone_number": "49301234", "event": "PIN_REQUEST_SUCCESS"}
            => "security: notice of topic security, facts display_phone_number event, on no number", "The PIN of +49301234 was reset";
        "PIN_POLISHED" {"display_phone_number": "49301234", "event": "PIN_POLISHED"}
            => "security: notice of topic security, facts display_phone_number event, on no number + NOT UNDERSTOOD: security news of the word PIN_POLISHED", "Security of +49301234: pin polished";
    });
    rows.extend(table! {
        "business_username_update.status" in |value: Value| change("business_username_update", value);

        "approved" {"display_phone_number": "49301234", "username": "muster", "status": "approved"} => "business_username_update: notice of topic username, facts display_phone_number status username, on no number", "The username @muster: approved";
        "deleted" {"display_phone_number": "49301234", "status": "deleted"} => "business_username_update: notice of topic username, facts display_phone_number status, on no number", "The username of the business: deleted";
        "reserved" {"display_phone_number": "49301234", "username": "muster", "status": "reserved"} => "business_username_update: notice of topic username, facts display_phone_number status username, on no number", "The username @muster: reserved";
    });
    rows.extend(table! {
        "partner_solutions.event" in |value: Value| change("partner_solutions", value);

        "SOLUTION_CREATED" {"event": "SOLUTION_CREATED", "solution_id": "S1", "solution_status": "INITIATED"} => "partner_solutions: notice of topic solution, facts event solution_id solution_status, on no number", "A partner's solution was created: initiated";
        "SOLUTION_UPDATED" {"event": "SOLUTION_UPDATED", "solution_id": "S1", "solution_status": "ACTIVE"} => "partner_solutions: notice of topic solution, facts event solution_id solution_status, on no number", "A partner's solution was changed: active";
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
            => "account_settings_update: notice of topic account, facts messaging_product phone_number_settings.calling.status phone_number_settings.phone_number_id timestamp type, on no number", "Settings of a business number were changed";
        "business_capability_update" {"field": "business_capability_update", "value": {"max_daily_conversation_per_phone": -1, "max_phone_numbers_per_business": 20}}
            => "business_capability_update: notice of topic capability, facts max_daily_conversation_per_phone max_phone_numbers_per_business, on no number", "The business may now have: any number of new conversations a day and 20 business numbers";
        "business_capability_update, by tier" {"field": "business_capability_update", "value": {"max_daily_conversations_per_business": "TIER_2K", "max_phone_numbers_per_waba": 25}}
            => "business_capability_update: notice of topic capability, facts max_daily_conversations_per_business max_phone_numbers_per_waba, on no number", "The business may now have: 2,000 new conversations a day and 25 business numbers";
        "business_username_update" {"field": "business_username_update", "value": {"username": "muster", "status": "approved"}}
            => "business_username_update: notice of topic username, facts status username, on no number", "The username @muster: approved";
        "business_username_updates" {"field": "business_username_updates", "value": {"username": "muster", "status": "approved"}}
            => "business_username_updates: notice of topic username, facts status username, on no number", "The username @muster: approved";
        "flows" {"field": "flows", "value": {"event": "FLOW_STATUS_CHANGE", "flow_id": "F1", "message": "Flow X changed from DRAFT to PUBLISHED", "old_status": "DRAFT", "new_status": "PUBLISHED"}}
            => "flows: notice of topic flow, facts event flow_id message new_status old_status, on no number", "A Flow: flow status change: Flow X changed from DRAFT to PUBLISHED";
        "flows, an endpoint" {"field": "flows", "value": {"event": "ENDPOINT_ERROR_RATE", "flow_id": "F1", "error_rate": 0.2}}
            => "flows: notice of topic flow, facts error_rate event flow_id, on no number", "A Flow: endpoint error rate";
        "partner_solutions" {"field": "partner_solutions", "value": {"event": "SOLUTION_UPDATED"}}
            => "partner_solutions: notice of topic solution, facts event, on no number", "A partner's solution was changed";
        "payment_configuration_update" {"field": "payment_configuration_update", "value": {"configuration_name": "shop", "provider_name": "razorpay", "provider_mid": "acc", "status": "Needs Testing", "created_timestamp": 1700000000, "updated_timestamp": 1700000001}}
            => "payment_configuration_update: notice of topic payment, facts configuration_name created_timestamp provider_mid provider_name status updated_timestamp, on no number", "Payment configuration shop: Needs Testing";
        "phone_number_name_update" {"field": "phone_number_name_update", "value": {"display_phone_number": "49301234", "decision": "DEFERRED", "requested_verified_name": "Muster", "rejection_reason": null}}
            => "phone_number_name_update: notice of topic number, facts decision display_phone_number requested_verified_name, on no number", "The name Muster for +49301234: deferred";
        "phone_number_quality_update" {"field": "phone_number_quality_update", "value": {"display_phone_number": "49301234", "event": "ONBOARDING"}}
            => "phone_number_quality_update: notice of topic number, facts display_phone_number event, on no number", "+49301234 was set up";
        "security" {"field": "security", "value": {"display_phone_number": "49301234", "event": "PIN_CHANGED"}}
            => "security: notice of topic security, facts display_phone_number event, on no number", "The PIN of +49301234 was changed";
    }
}
