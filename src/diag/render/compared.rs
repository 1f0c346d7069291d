//! The report of a comparison as one JSON document, and its schema from the same types.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::value::RawValue;

use super::DiffView;
use super::json::pretty;
use super::matrix;
use super::place::Place;
use super::witness;
use crate::diag::{Breaks, Diagnostic, Directions, Order, Summary, Undecided, Witness};
use crate::text::{Side, Span};

/// The report as a document: findings and summary, or the errors that leave no verdict.
pub(super) fn render(view: &DiffView<'_>) -> String {
    let report = match view.summary {
        Some(summary) => CompatReport {
            version: 1,
            findings: Some(
                view.findings
                    .iter()
                    .map(|finding| Finding::of(finding, view))
                    .collect(),
            ),
            summary: Some(Total::of(summary)),
            errors: None,
        },
        None => CompatReport {
            version: 1,
            findings: None,
            summary: None,
            errors: Some(
                view.findings
                    .iter()
                    .map(|finding| Problem::of(finding, view))
                    .collect(),
            ),
        },
    };
    pretty(&report)
}

/// The JSON Schema of this document, as `cherryc schema compat-report` prints it.
pub(crate) fn compat_report_schema() -> serde_json::Value {
    let mut schema = schemars::schema_for!(CompatReport<'static>);
    schema.insert("title".to_owned(), "Compatibility report of cherryc".into());
    // A verdict or the reasons why there is none, never both.
    let one_of = serde_json::json!([
        { "required": ["findings", "summary"], "not": { "required": ["errors"] } },
        {
            "required": ["errors"],
            "not": { "anyOf": [{ "required": ["findings"] }, { "required": ["summary"] }] }
        },
    ]);
    schema.insert("oneOf".to_owned(), one_of);
    schema.to_value()
}

/// What `cherryc diff --format json` prints. Keys that do not apply are absent; new keys may be
/// added within a version.
#[derive(Debug, Serialize, JsonSchema)]
struct CompatReport<'a> {
    /// Version of this shape.
    #[schemars(extend("const" = 1))]
    version: u32,
    /// What changed, sorted by place. Absent when a side could not be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    findings: Option<Vec<Finding<'a>>>,
    /// What it comes to. Absent when a side could not be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<Total>,
    /// Why there is no verdict: everything that is wrong with the files of either side.
    #[serde(skip_serializing_if = "Option::is_none")]
    errors: Option<Vec<Problem<'a>>>,
}

/// A change.
#[derive(Debug, Serialize, JsonSchema)]
struct Finding<'a> {
    /// Name of the rule, in kebab-case; `cherryc explain RULE` prints its page.
    rule: &'a str,
    /// The same finding in other tools, such as `buf:FIELD_NO_DELETE`.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    #[schemars(default)]
    peers: &'a [&'static str],
    /// How bad it is, after the user's levels.
    #[schemars(extend("enum" = ["error", "warning", "info"]))]
    severity: &'a str,
    /// One phrase that stands alone.
    message: &'a str,
    /// The place in the new release: what changed, else the nearest thing around it that is left.
    /// Absent when the file or package is gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<Location<'a>>,
    /// The place in the old release; absent for what is new.
    #[serde(skip_serializing_if = "Option::is_none")]
    old_location: Option<Location<'a>>,
    /// Who breaks: the worst outcome over all values that the writer's schema allows.
    #[serde(skip_serializing_if = "Option::is_none")]
    breaks: Option<Forms<'a>>,
    /// For which values; absent when for all.
    #[serde(skip_serializing_if = "Option::is_none")]
    when: Option<String>,
    /// A value that proves it. Absent where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    witness: Option<Proof<'a>>,
    /// Operations that are touched.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    #[schemars(default)]
    uses: &'a [Box<str>],
    /// Further remarks.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    notes: Vec<&'a str>,
    /// What to do next.
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
}

/// A value that one side accepts and the other one refuses.
#[derive(Debug, Serialize, JsonSchema)]
struct Proof<'a> {
    /// The whole value, as it is sent.
    #[schemars(with = "serde_json::Value")]
    value: &'a RawValue,
    /// The side that accepts it.
    #[schemars(extend("enum" = ["old", "new"]))]
    accepted_by: &'static str,
    /// The side that refuses it.
    #[schemars(extend("enum" = ["old", "new"]))]
    refused_by: &'static str,
    /// A JSON Pointer (RFC 6901) to what is refused, or to the missing name itself.
    at: &'a str,
    /// Why it is refused there.
    reason: &'a str,
    /// The call that it belongs to, where there are several in `uses`.
    #[serde(skip_serializing_if = "Option::is_none")]
    call: Option<&'a str>,
    /// The value as something that can be tried: a `curl` line, or an answer with its status line.
    #[serde(skip_serializing_if = "Option::is_none")]
    example: Option<&'a str>,
}

/// A range in a file. Lines and columns count from 1, columns in bytes.
#[derive(Debug, Serialize, JsonSchema)]
struct Location<'a> {
    /// Path below the side that was compared, with `/`; the base name when that is one file.
    path: &'a str,
    /// Line of the first byte.
    #[schemars(range(min = 1))]
    start_line: u32,
    /// Column of the first byte.
    #[schemars(range(min = 1))]
    start_column: u32,
    /// Line of the end.
    #[schemars(range(min = 1))]
    end_line: u32,
    /// Column after the last byte; equal to the start when the range is a point.
    #[schemars(range(min = 1))]
    end_column: u32,
}

/// Who breaks, per form. A form that the schema language does not have is absent.
#[derive(Debug, Serialize, JsonSchema)]
struct Forms<'a> {
    /// The binary form; for procedures gRPC.
    #[serde(skip_serializing_if = "Option::is_none")]
    binary: Option<Ways<'a>>,
    /// The JSON form, with a reader that refuses what it does not know; for procedures Connect.
    #[serde(skip_serializing_if = "Option::is_none")]
    json: Option<Ways<'a>>,
    /// Generated code and those who use it.
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<Ways<'a>>,
}

/// Both directions.
#[derive(Debug, Serialize, JsonSchema)]
struct Ways<'a> {
    /// The old side writes (calls), the new side reads (serves).
    #[schemars(extend("enum" = ["safe", "loss", "break"]))]
    old_to_new: &'static str,
    /// The new side writes (calls), the old side reads (serves).
    #[schemars(extend("enum" = ["safe", "loss", "break"]))]
    new_to_old: &'static str,
    /// For which values from old to new; absent when for all.
    #[serde(skip_serializing_if = "Option::is_none")]
    old_to_new_when: Option<&'a str>,
    /// For which values from new to old; absent when for all.
    #[serde(skip_serializing_if = "Option::is_none")]
    new_to_old_when: Option<&'a str>,
}

/// What a comparison comes to.
#[derive(Debug, Serialize, JsonSchema)]
struct Total {
    /// Findings of severity `error`.
    breaking: usize,
    /// Findings of severity `warning`.
    warnings: usize,
    /// Findings of severity `info`.
    infos: usize,
    /// The least version step that says honestly what changed.
    #[schemars(extend("enum" = ["major", "minor", "patch", "none"]))]
    bump: &'static str,
    /// Questions that could not be decided.
    unknown: usize,
    /// The share of comparisons of values that this concerns; absent where none is compared by proof.
    #[serde(skip_serializing_if = "Option::is_none")]
    undecided: Option<Share>,
    /// Which side may be upgraded first.
    order: Orders,
    /// Present when only named files and their imports were read: what needs the whole tree (files
    /// and packages that are gone, types that moved) was not judged.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schemars(default)]
    partial: bool,
}

/// How many comparisons of values were left open.
#[derive(Debug, Serialize, JsonSchema)]
struct Share {
    /// Different comparisons of what one side makes with what the other takes.
    asked: usize,
    /// Those in which something could be neither proved nor refuted.
    unknown: usize,
}

impl Share {
    fn of(undecided: Undecided) -> Option<Self> {
        let Undecided { asked, unknown } = undecided;
        (asked > 0).then_some(Share { asked, unknown })
    }
}

/// Which side may be upgraded first without anything being lost or refused, per form. Absent as well
/// where what is undecided leaves it open.
#[derive(Debug, Serialize, JsonSchema)]
struct Orders {
    /// Over the binary form; absent where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = ["any", "readers-first", "writers-first", "none"]))]
    binary: Option<&'static str>,
    /// Over the JSON form; absent where no data is compared.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = ["any", "readers-first", "writers-first", "none"]))]
    json: Option<&'static str>,
}

/// Something that is wrong with a file or with what was asked for.
#[derive(Debug, Serialize, JsonSchema)]
struct Problem<'a> {
    /// Name of the rule.
    rule: &'a str,
    /// How bad it is.
    #[schemars(extend("enum" = ["error", "warning", "info"]))]
    severity: &'a str,
    /// One phrase that stands alone.
    message: &'a str,
    /// The side that the file belongs to; absent when it is about no file.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = ["old", "new"]))]
    side: Option<&'static str>,
    /// The place; absent when it is about no file.
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<Location<'a>>,
    /// What to do next.
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
}

impl<'a> Finding<'a> {
    fn of(finding: &'a Diagnostic, view: &DiffView<'a>) -> Self {
        let comparison = finding.comparison();
        let at = match comparison {
            Some(comparison) => comparison.at,
            None => finding.primary(),
        };
        let breaks = comparison.map(|comparison| &comparison.breaks);
        Finding {
            rule: finding.rule().name,
            peers: comparison.map_or(&[], |comparison| &comparison.peers),
            severity: finding.severity().name(),
            message: finding.headline(),
            location: at.map(|span| Location::of(span, view)),
            old_location: comparison
                .and_then(|comparison| comparison.old_at)
                .map(|span| Location::of(span, view)),
            breaks: breaks.map(Forms::of),
            when: breaks.and_then(matrix::when),
            witness: comparison
                .and_then(|comparison| comparison.witness.as_deref())
                .map(Proof::of),
            uses: comparison.map_or(&[], |comparison| &comparison.uses),
            notes: finding.notes().collect(),
            help: finding.help(),
        }
    }
}

impl<'a> Proof<'a> {
    fn of(proof: &'a Witness) -> Self {
        let [accepted_by, refused_by] = witness::sides(proof);
        // Numbers keep their text: a value is a proof only as it is.
        let value = match serde_json::from_str::<&RawValue>(&proof.value) {
            Ok(value) => value,
            Err(error) => unreachable!("a witness is JSON text: {error}"),
        };
        Proof {
            value,
            accepted_by,
            refused_by,
            at: &proof.at,
            reason: &proof.reason,
            call: proof.call.as_deref(),
            example: proof.example.as_deref(),
        }
    }
}

impl<'a> Problem<'a> {
    fn of(finding: &'a Diagnostic, view: &DiffView<'a>) -> Self {
        let place = finding.primary();
        Problem {
            rule: finding.rule().name,
            severity: finding.severity().name(),
            message: finding.headline(),
            side: place.map(|span| match view.sources.file(span.file).side() {
                Side::Old => "old",
                Side::New => "new",
            }),
            location: place.map(|span| Location::of(span, view)),
            help: finding.help(),
        }
    }
}

impl<'a> Location<'a> {
    fn of(span: Span, view: &DiffView<'a>) -> Self {
        let place = Place::of(view.sources, span);
        Location {
            path: view.path(span.file),
            start_line: place.start.line,
            start_column: place.start.column,
            end_line: place.end.line,
            end_column: place.end.column,
        }
    }
}

impl<'a> Forms<'a> {
    fn of(breaks: &'a Breaks) -> Self {
        let ways = |directions: &'a Option<Directions>| directions.as_ref().map(Ways::of);
        Forms {
            binary: ways(&breaks.binary),
            json: ways(&breaks.json),
            source: ways(&breaks.source),
        }
    }
}

impl<'a> Ways<'a> {
    fn of(directions: &'a Directions) -> Self {
        Ways {
            old_to_new: directions.old_to_new.outcome.name(),
            new_to_old: directions.new_to_old.outcome.name(),
            old_to_new_when: directions.old_to_new.when.as_deref(),
            new_to_old_when: directions.new_to_old.when.as_deref(),
        }
    }
}

impl Total {
    fn of(summary: &Summary) -> Self {
        let is_known = |order: &Order| *order != Order::Unknown;
        Total {
            breaking: summary.breaking,
            warnings: summary.warnings,
            infos: summary.infos,
            bump: summary.bump.name(),
            unknown: summary.unknown,
            undecided: Share::of(summary.undecided),
            order: Orders {
                binary: summary.binary_order.filter(is_known).map(Order::name),
                json: summary.json_order.filter(is_known).map(Order::name),
            },
            partial: summary.is_partial,
        }
    }
}
