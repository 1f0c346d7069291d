//! SARIF 2.1.0 for code scanning, through the types that `serde-sarif` makes from the standard.

use std::collections::BTreeMap;

use serde_json::json;
use serde_sarif::sarif::{
    ArtifactChange, ArtifactContent, ArtifactLocation, Fix, Location, Message,
    MultiformatMessageString, PhysicalLocation, PropertyBag, Region, Replacement,
    ReportingConfiguration, ReportingDescriptor, Result as SarifResult, ResultLevel, Run, Sarif,
    Tool, ToolComponent,
};

use super::json::pretty;
use super::place::{CharColumns, Occurrences, clamp};
use crate::diag::{Diagnostic, Findings, Level, Rule, Severity};
use crate::text::{FileId, SourceMap, Span};

/// Where the standard publishes the schema.
const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/// The name of the workspace root in locations; uploaders set it.
const ROOT: &str = "SRCROOT";
/// Name and version of our fingerprint, so that another one may be added beside it.
const FINGERPRINT: &str = "cherrycFinding/v1";

/// The findings as one run; a run without results when there are none.
pub(super) fn render(findings: &Findings, sources: &SourceMap) -> String {
    // Rules by name: the order of the list is stable, and a result names its position.
    let mut rules: BTreeMap<&'static str, &'static Rule> = BTreeMap::new();
    for finding in findings.iter() {
        rules.insert(finding.rule().name, finding.rule());
    }
    let positions: BTreeMap<&str, i64> = rules.keys().copied().zip(0..).collect();
    let mut writer = Writer {
        sources,
        columns: CharColumns::default(),
    };
    let mut occurrences = Occurrences::default();
    let results: Vec<SarifResult> = findings
        .iter()
        .map(|finding| {
            let (_, fingerprint) = occurrences.next(sources, finding);
            let mut result = writer.result(finding);
            result.rule_index = positions.get(finding.rule().name).copied();
            result.partial_fingerprints = Some(BTreeMap::from([(
                FINGERPRINT.to_owned(),
                fingerprint.to_string(),
            )]));
            result
        })
        .collect();
    let driver = ToolComponent::builder()
        .name("cherryc")
        .version(env!("CARGO_PKG_VERSION"))
        .semantic_version(env!("CARGO_PKG_VERSION"))
        .rules(rules.into_values().map(descriptor).collect::<Vec<_>>())
        .build();
    let root = ArtifactLocation::builder()
        .description(message("The workspace root."))
        .build();
    let run = Run::builder()
        .tool(Tool::builder().driver(driver).build())
        .column_kind(json!("unicodeCodePoints"))
        .original_uri_base_ids(BTreeMap::from([(ROOT.to_owned(), root)]))
        .results(results)
        .build();
    let log = Sarif::builder()
        .schema(SCHEMA)
        .version(json!("2.1.0"))
        .runs(vec![run])
        .build();
    pretty(&log)
}

/// What is known about a rule.
fn descriptor(rule: &'static Rule) -> ReportingDescriptor {
    let text = |text: &str| MultiformatMessageString::builder().text(text).build();
    let mut tags = vec![rule.category.name().to_owned()];
    tags.extend(rule.peers.iter().map(|peer| (*peer).to_owned()));
    let configuration = match rule.level {
        Level::Never => ReportingConfiguration::builder().enabled(false).build(),
        level => ReportingConfiguration::builder()
            .level(json!(match level {
                Level::Error => "error",
                Level::Warning => "warning",
                Level::Info | Level::Never => "note",
            }))
            .build(),
    };
    ReportingDescriptor::builder()
        .id(rule.name)
        .short_description(text(rule.summary))
        .full_description(text(rule.summary))
        .help(
            MultiformatMessageString::builder()
                .text(rule.page)
                .markdown(rule.page.to_owned())
                .build(),
        )
        .default_configuration(configuration)
        .properties(PropertyBag::builder().tags(tags).build())
        .build()
}

fn message(text: impl Into<String>) -> Message {
    Message::builder().text(text.into()).build()
}

struct Writer<'a> {
    sources: &'a SourceMap,
    columns: CharColumns,
}

impl Writer<'_> {
    fn result(&mut self, finding: &Diagnostic) -> SarifResult {
        let mut text = finding.headline().to_owned();
        for note in finding.notes() {
            text.push_str("\nnote: ");
            text.push_str(note);
        }
        if let Some(help) = finding.help() {
            text.push_str("\nhelp: ");
            text.push_str(help);
        }
        let mut result = SarifResult::builder()
            .rule_id(finding.rule().name)
            .level(match finding.severity() {
                Severity::Error => ResultLevel::Error,
                Severity::Warning => ResultLevel::Warning,
                Severity::Info => ResultLevel::Note,
            })
            .message(message(text))
            .build();
        // One result has one place; whatever else is labelled is related to it.
        let lead = finding.labels().iter().position(|label| label.primary);
        result.locations = lead.map(|lead| {
            let label = &finding.labels()[lead];
            vec![self.location(label.span, &label.text, None)]
        });
        let labels = finding.labels().iter().enumerate();
        let related: Vec<_> = labels
            .filter(|(i, _)| Some(*i) != lead)
            .map(|(_, label)| label)
            .collect();
        if !related.is_empty() {
            let locations = related.into_iter().zip(1..);
            result.related_locations = Some(
                locations
                    .map(|(label, id)| self.location(label.span, &label.text, Some(id)))
                    .collect(),
            );
        }
        result.fixes = self.fix(finding).map(|fix| vec![fix]);
        result
    }

    fn location(&mut self, span: Span, text: &str, id: Option<i64>) -> Location {
        let mut location = Location::builder()
            .physical_location(
                PhysicalLocation::builder()
                    .artifact_location(self.artifact(span.file))
                    .region(self.region(span))
                    .build(),
            )
            .build();
        location.id = id;
        location.message = (!text.is_empty()).then(|| message(text));
        location
    }

    fn artifact(&self, file: FileId) -> ArtifactLocation {
        ArtifactLocation::builder()
            .uri(percent_encoded(self.sources.file(file).path().as_str()))
            .uri_base_id(ROOT)
            .build()
    }

    fn region(&mut self, span: Span) -> Region {
        let span = clamp(self.sources, span);
        let start = self.columns.line_col(self.sources, span.file, span.start);
        let end = self.columns.line_col(self.sources, span.file, span.end);
        Region::builder()
            .start_line(i64::from(start.line))
            .start_column(i64::from(start.column))
            .end_line(i64::from(end.line))
            .end_column(i64::from(end.column))
            .build()
    }

    fn fix(&mut self, finding: &Diagnostic) -> Option<Fix> {
        let mut changes: BTreeMap<FileId, Vec<Replacement>> = BTreeMap::new();
        for edit in finding.edits() {
            let replacement = Replacement::builder()
                .deleted_region(self.region(edit.span))
                .inserted_content(
                    ArtifactContent::builder()
                        .text(edit.text.to_string())
                        .build(),
                )
                .build();
            changes.entry(edit.span.file).or_default().push(replacement);
        }
        if changes.is_empty() {
            return None;
        }
        let changes: Vec<ArtifactChange> = changes
            .into_iter()
            .map(|(file, replacements)| {
                ArtifactChange::builder()
                    .artifact_location(self.artifact(file))
                    .replacements(replacements)
                    .build()
            })
            .collect();
        let mut fix = Fix::builder().artifact_changes(changes).build();
        fix.description = finding.help().map(message);
        Some(fix)
    }
}

/// A relative path as a URI reference.
fn percent_encoded(path: &str) -> String {
    use std::fmt::Write as _;

    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(char::from(byte));
            }
            byte => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}
