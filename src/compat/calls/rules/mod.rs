//! The rules about calls, one word each.

mod callback_added;
mod callback_removed;
mod component_removed;
mod deprecated;
mod discriminator_changed;
pub(super) mod document_added;
pub(super) mod document_removed;
pub(super) mod document_version_step;
mod known_value_removed;
mod media_type_added;
mod media_type_narrowed;
mod media_type_removed;
mod media_type_widened;
mod operation_added;
mod operation_id_changed;
mod operation_removed;
mod parameter_added;
mod parameter_became_optional;
mod parameter_became_required;
mod parameter_content_changed;
mod parameter_default_changed;
mod parameter_kind_changed;
mod parameter_moved;
mod parameter_removed;
mod parameter_style_changed;
mod part_encoding_changed;
mod reactivated;
mod request_body_added;
mod request_body_became_optional;
mod request_body_became_required;
mod request_body_removed;
mod required_parameter_added;
mod required_request_body_added;
mod response_added;
mod response_header_added;
mod response_header_became_optional;
mod response_header_became_required;
mod response_header_removed;
mod response_removed;
mod security_added;
mod security_loosened;
mod security_scheme_added;
mod security_scheme_changed;
mod security_scheme_removed;
mod security_scope_added;
mod security_tightened;
mod server_added;
mod server_removed;
mod stability_decreased;
mod stability_increased;
mod stability_invalid;
mod sunset_earlier;
mod sunset_invalid;
mod sunset_removed;
mod tag_changed;
mod value_content_changed;
mod value_default_changed;
mod webhook_added;
mod webhook_removed;

use super::change::{Change, Kind};
use super::said::Said;
use super::walk::day;
use crate::compat::contain::Travel;
use crate::compat::encoding::{SAFE, loss};
use crate::compat::finding::{Effect, Finding};
use crate::diag::{Breaks, Directions, Rule, Verdict};
use crate::schema::Life;

/// What rules may ask.
pub(super) struct Cx<'a> {
    /// What day it is, when somebody said.
    pub(super) today: Option<&'a str>,
}

/// A rule with its function.
pub(super) struct CallRule {
    /// What is reported.
    pub(super) rule: &'static Rule,
    /// What it says about a change, if it is about changes of this kind.
    pub(super) check: fn(&Change<'_>, &Cx<'_>) -> Option<Said>,
}

/// Every rule with its function, in the order of their pages.
static CALLS: &[CallRule] = &[
    operation_removed::CALL,
    operation_added::CALL,
    webhook_removed::CALL,
    webhook_added::CALL,
    callback_removed::CALL,
    callback_added::CALL,
    parameter_added::CALL,
    required_parameter_added::CALL,
    parameter_removed::CALL,
    parameter_moved::CALL,
    parameter_became_required::CALL,
    parameter_became_optional::CALL,
    parameter_style_changed::CALL,
    parameter_content_changed::CALL,
    parameter_kind_changed::CALL,
    parameter_default_changed::CALL,
    request_body_added::CALL,
    required_request_body_added::CALL,
    request_body_removed::CALL,
    request_body_became_required::CALL,
    request_body_became_optional::CALL,
    media_type_removed::CALL,
    media_type_added::CALL,
    media_type_widened::CALL,
    media_type_narrowed::CALL,
    part_encoding_changed::CALL,
    response_removed::CALL,
    response_added::CALL,
    response_header_removed::CALL,
    response_header_added::CALL,
    response_header_became_optional::CALL,
    response_header_became_required::CALL,
    security_added::CALL,
    security_scope_added::CALL,
    security_tightened::CALL,
    security_loosened::CALL,
    security_scheme_changed::CALL,
    security_scheme_added::CALL,
    security_scheme_removed::CALL,
    server_removed::CALL,
    server_added::CALL,
    operation_id_changed::CALL,
    component_removed::CALL,
    tag_changed::CALL,
    deprecated::CALL,
    reactivated::CALL,
    sunset_invalid::CALL,
    sunset_earlier::CALL,
    sunset_removed::CALL,
    stability_decreased::CALL,
    stability_increased::CALL,
    stability_invalid::CALL,
    discriminator_changed::CALL,
    value_default_changed::CALL,
    known_value_removed::CALL,
    value_content_changed::CALL,
];

/// The rules about calls, in the order of their pages.
pub(in crate::compat) static RULES: &[&Rule] = &[
    &operation_removed::OPERATION_REMOVED,
    &operation_added::OPERATION_ADDED,
    &webhook_removed::WEBHOOK_REMOVED,
    &webhook_added::WEBHOOK_ADDED,
    &callback_removed::CALLBACK_REMOVED,
    &callback_added::CALLBACK_ADDED,
    &parameter_added::PARAMETER_ADDED,
    &required_parameter_added::REQUIRED_PARAMETER_ADDED,
    &parameter_removed::PARAMETER_REMOVED,
    &parameter_moved::PARAMETER_MOVED,
    &parameter_became_required::PARAMETER_BECAME_REQUIRED,
    &parameter_became_optional::PARAMETER_BECAME_OPTIONAL,
    &parameter_style_changed::PARAMETER_STYLE_CHANGED,
    &parameter_content_changed::PARAMETER_CONTENT_CHANGED,
    &parameter_kind_changed::PARAMETER_KIND_CHANGED,
    &parameter_default_changed::PARAMETER_DEFAULT_CHANGED,
    &request_body_added::REQUEST_BODY_ADDED,
    &required_request_body_added::REQUIRED_REQUEST_BODY_ADDED,
    &request_body_removed::REQUEST_BODY_REMOVED,
    &request_body_became_required::REQUEST_BODY_BECAME_REQUIRED,
    &request_body_became_optional::REQUEST_BODY_BECAME_OPTIONAL,
    &media_type_removed::MEDIA_TYPE_REMOVED,
    &media_type_added::MEDIA_TYPE_ADDED,
    &media_type_widened::MEDIA_TYPE_WIDENED,
    &media_type_narrowed::MEDIA_TYPE_NARROWED,
    &part_encoding_changed::PART_ENCODING_CHANGED,
    &response_removed::RESPONSE_REMOVED,
    &response_added::RESPONSE_ADDED,
    &response_header_removed::RESPONSE_HEADER_REMOVED,
    &response_header_added::RESPONSE_HEADER_ADDED,
    &response_header_became_optional::RESPONSE_HEADER_BECAME_OPTIONAL,
    &response_header_became_required::RESPONSE_HEADER_BECAME_REQUIRED,
    &security_added::SECURITY_ADDED,
    &security_scope_added::SECURITY_SCOPE_ADDED,
    &security_tightened::SECURITY_TIGHTENED,
    &security_loosened::SECURITY_LOOSENED,
    &security_scheme_changed::SECURITY_SCHEME_CHANGED,
    &security_scheme_added::SECURITY_SCHEME_ADDED,
    &security_scheme_removed::SECURITY_SCHEME_REMOVED,
    &server_removed::SERVER_REMOVED,
    &server_added::SERVER_ADDED,
    &operation_id_changed::OPERATION_ID_CHANGED,
    &component_removed::COMPONENT_REMOVED,
    &tag_changed::TAG_CHANGED,
    &deprecated::DEPRECATED,
    &reactivated::REACTIVATED,
    &sunset_invalid::SUNSET_INVALID,
    &sunset_earlier::SUNSET_EARLIER,
    &sunset_removed::SUNSET_REMOVED,
    &stability_decreased::STABILITY_DECREASED,
    &stability_increased::STABILITY_INCREASED,
    &stability_invalid::STABILITY_INVALID,
    &discriminator_changed::DISCRIMINATOR_CHANGED,
    &value_default_changed::VALUE_DEFAULT_CHANGED,
    &known_value_removed::KNOWN_VALUE_REMOVED,
    &value_content_changed::VALUE_CONTENT_CHANGED,
    &document_removed::DOCUMENT_REMOVED,
    &document_added::DOCUMENT_ADDED,
    &document_version_step::DOCUMENT_VERSION_STEP,
];

/// What the rules say about a change.
pub(super) fn judge(change: &Change<'_>, cx: &Cx<'_>) -> Vec<Said> {
    let mut all = Vec::new();
    for rule in CALLS {
        if let Some(mut said) = (rule.check)(change, cx) {
            debug_assert!(
                std::ptr::eq(said.finding.rule, rule.rule),
                "a rule speaks for itself"
            );
            said.operations = change.calls.clone();
            said.travel = change.travel;
            all.push(said);
        }
    }
    all
}

/// A finding without a headline. Text is the only form that calls have; generated code is another.
fn finding(rule: &'static Rule, json: Directions, source: Directions) -> Finding<'static> {
    Finding::new(rule, "").breaks(Breaks {
        binary: None,
        json: Some(json),
        source: Some(source),
    })
}

/// How something new in what is sent counts: clients choose whether to send it; those who listen
/// have to take it from the service.
fn added(kind: Kind) -> Effect {
    match kind {
        Kind::Operation => Effect::Addition,
        Kind::Webhook | Kind::Callback => Effect::Change,
    }
}

/// What becomes of something that a reader does not know of. A service that does not hear what
/// clients ask for answers something else; those who listen lose nothing that they relied on.
fn unheard(kind: Kind) -> Verdict {
    match kind {
        Kind::Operation => loss("calls that send it"),
        Kind::Webhook | Kind::Callback => SAFE,
    }
}

/// What becomes of those who use something, whichever way it goes.
fn users(travel: Travel, verdict: Verdict) -> Directions {
    match travel {
        Travel::Request | Travel::Plain => Directions::new(verdict, SAFE),
        Travel::Response => Directions::new(SAFE, verdict),
    }
}

/// How far the end of something had come when it was removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Nobody was told.
    Unannounced,
    /// It was deprecated without a day.
    Announced,
    /// Its day is still to come, or nobody knows whether it has come.
    TooEarly,
    /// Its day has come.
    Over,
    /// Its day is no day.
    Unreadable,
}

/// The end of something that is gone.
struct Ending {
    stage: Stage,
    /// How it counts that it is gone.
    effect: Effect,
    /// What there is to say about the day.
    note: Option<String>,
}

/// How something that had this life ended.
fn ending(life: &Life, cx: &Cx<'_>) -> Ending {
    let (stage, note) = match (life.deprecated, &life.sunset) {
        (None, _) => (Stage::Unannounced, None),
        (Some(_), None) => (Stage::Announced, None),
        (Some(_), Some(sunset)) => match (day(&sunset.node), cx.today) {
            (None, _) => {
                let note = format!(
                    "its end was announced for `{}`, which is no day",
                    sunset.node
                );
                (Stage::Unreadable, Some(note))
            }
            // On the day itself it may go.
            (Some(end), Some(today)) if today >= end => (Stage::Over, None),
            (Some(end), _) => {
                let note = format!("its end was announced for {end}");
                (Stage::TooEarly, Some(note))
            }
        },
    };
    let effect = match stage {
        Stage::Announced | Stage::Over => Effect::Announced,
        Stage::Unannounced | Stage::TooEarly | Stage::Unreadable => Effect::Change,
    };
    Ending {
        stage,
        effect,
        note,
    }
}
