//! What can be written on the command line.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Service contracts that compile.
#[derive(Debug, Parser)]
#[command(
    name = "cherryc",
    version,
    about,
    propagate_version = true,
    max_term_width = 100
)]
#[command(
    after_help = "Exit codes: 0 clean, 1 findings, 2 errors and wrong usage, 3 a bug of ours."
)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Flags of every command.
#[derive(Debug, Args)]
pub(crate) struct Global {
    /// When to use colours; NO_COLOR turns them off too
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub(crate) color: Color,
    /// Say nothing beside the findings
    #[arg(short, long, global = true)]
    pub(crate) quiet: bool,
    /// Say more about what is done
    #[arg(short, long, global = true, conflicts_with = "quiet")]
    pub(crate) verbose: bool,
    /// The severity from which on adjustable findings exit with 1
    #[arg(long, global = true, value_enum, default_value_t = FailOn::Error, value_name = "LEVEL")]
    pub(crate) fail_on: FailOn,
    /// Number of threads; the artifacts are the same for every number
    #[arg(long, global = true, value_name = "N")]
    pub(crate) jobs: Option<NonZeroUsize>,
    /// Today's date, where it matters: the only clock the compiler knows
    #[arg(long, global = true, value_name = "DATE", value_parser = date)]
    pub(crate) as_of: Option<String>,
}

impl Global {
    /// The day that `--as-of` names, else the day it is in UTC.
    #[allow(
        clippy::disallowed_methods,
        reason = "the command line is where the clock is read"
    )]
    pub(crate) fn today(&self) -> String {
        if let Some(day) = &self.as_of {
            return day.clone();
        }
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        civil_day(since.map_or(0, |since| since.as_secs() / 86_400))
    }
}

/// The day that lies `days` after 1970-01-01, in the proleptic Gregorian calendar: eras of 400 years
/// that begin in March, so that the leap day comes last.
fn civil_day(days: u64) -> String {
    let days = days + 719_468;
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 {
        month_from_march + 3
    } else {
        month_from_march - 9
    };
    let year = era * 400 + year_of_era + u64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    Error,
    Warning,
    Never,
}

impl FailOn {
    /// The severity; `None` for never.
    pub(crate) fn severity(self) -> Option<cherryc::Severity> {
        match self {
            FailOn::Error => Some(cherryc::Severity::Error),
            FailOn::Warning => Some(cherryc::Severity::Warning),
            FailOn::Never => None,
        }
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Write a first contract, from nothing or from an OpenAPI document
    Init(InitArgs),
    /// Parse, resolve, validate and lint contracts; writes nothing
    Check(CheckArgs),
    /// Compile contracts to artifacts
    Build(BuildArgs),
    /// Compare two releases: what breaks, for whom, and who goes first
    Diff(Box<DiffArgs>),
    /// Explain a rule, or where each policy is enforced
    Explain(ExplainArgs),
    /// List every rule with category, level and the names it has in other tools
    Rules(RulesArgs),
    /// Print the JSON Schema of a file that is read or written
    Schema(SchemaArgs),
    /// Print the decision per request, from the program that is emitted
    Simulate(SimulateArgs),
    /// Print a completion script for a shell
    Completions(CompletionsArgs),
    /// Write the manual pages to a folder, or print the main one
    Man(ManArgs),
}

/// Which contracts.
#[derive(Debug, Args)]
pub(crate) struct Paths {
    /// Contract files, or folders that hold some; the workspace when none is given
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct InitArgs {
    /// The folder to write to; this one when none is given
    #[arg(value_name = "DIR")]
    pub(crate) dir: Option<PathBuf>,
    /// An OpenAPI document whose operations become endpoints
    #[arg(long, value_name = "FILE")]
    pub(crate) from: Option<PathBuf>,
    /// Name of the contract
    #[arg(long, value_name = "NAME", default_value = "user/v1")]
    pub(crate) name: String,
}

#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    #[command(flatten)]
    pub(crate) paths: Paths,
    /// The target to check for; each of them when none is given
    #[arg(long, value_name = "NAME")]
    pub(crate) target: Option<String>,
    /// The shape in which findings are printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
pub(crate) struct BuildArgs {
    #[command(flatten)]
    pub(crate) paths: Paths,
    /// The target to build for
    #[arg(long, value_name = "NAME")]
    pub(crate) target: Option<String>,
    /// The folder of the artifacts; `cherry-out` in the workspace when none is given
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// What to emit, with commas
    #[arg(long, value_name = "LIST", value_delimiter = ',', value_parser = emitters())]
    pub(crate) emit: Option<Vec<&'static str>>,
    /// The Istio version to write for
    #[arg(long, value_parser = ["istio-1.20", "istio-1.30"])]
    pub(crate) profile: Option<String>,
    /// Set a value of the target, such as `envoy.listen=127.0.0.1:10000`
    #[arg(long, value_name = "EMITTER.KEY=VALUE")]
    pub(crate) set: Vec<String>,
    /// The release to compare with before building
    #[arg(long, value_name = "REF")]
    pub(crate) against: Option<String>,
    /// Write nothing, and exit with 1 when the output is stale
    #[arg(long, conflicts_with = "force")]
    pub(crate) check: bool,
    /// Overwrite artifacts that were edited by hand
    #[arg(long)]
    pub(crate) force: bool,
    /// The shape in which findings are printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
#[command(
    after_help = "A side is a file, a folder, file:PATH, dir:DIR, git:REV or git:REV:PATH.\n\
                  Files are OpenAPI, AsyncAPI or JSON Schema documents, contracts (.cherry.yaml) or .proto files; \
                  of a folder everything of these kinds is compared."
)]
pub(crate) struct DiffArgs {
    /// The old and the new side; with `--against` the new side alone, which may be several files
    #[arg(value_name = "PATH", required = true)]
    pub(crate) paths: Vec<String>,
    /// The old side: git:REV, git:REV:PATH, file:PATH or dir:DIR; for transitive modes git:GLOB for all
    /// matching tags, or a folder that holds a version per entry
    #[arg(long, value_name = "REF")]
    pub(crate) against: Option<String>,
    /// Which side must go on reading what the other one writes
    #[arg(long, value_enum)]
    pub(crate) mode: Option<DiffMode>,
    /// How names that no schema declares are read, of documents and what contracts import; `open` when
    /// none is given
    #[arg(long, value_enum)]
    pub(crate) reading: Option<DiffReading>,
    /// The `x-stability-level` from which on operations of OpenAPI count
    #[arg(long, value_enum, value_name = "LEVEL")]
    pub(crate) min_stability: Option<DiffStability>,
    /// Rules to look for, with commas: ours, where `*` stands for any characters, ids of oasdiff, ids and
    /// categories of buf
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pub(crate) rules: Option<Vec<String>>,
    /// From where on a change counts; `source` when none is given for Protobuf, else `json`
    #[arg(long, value_enum)]
    pub(crate) strictness: Option<DiffStrictness>,
    /// Rules not to look for, named as for `--rules`
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pub(crate) except: Option<Vec<String>>,
    /// A file or folder, relative to the sides, whose findings are not wanted
    #[arg(long, value_name = "PATH")]
    pub(crate) ignore: Vec<String>,
    /// Leave packages out whose version is unstable, such as v1alpha1; only for Protobuf
    #[arg(long)]
    pub(crate) ignore_unstable: bool,
    /// A buf.yaml whose `breaking` section is honoured; only for Protobuf
    #[arg(long, value_name = "FILE")]
    pub(crate) buf_config: Option<PathBuf>,
    /// A folder of recorded requests and answers; not read yet
    #[arg(long, value_name = "DIR")]
    pub(crate) usage: Option<PathBuf>,
    /// The shape in which findings are printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffReading {
    /// A name that the writer does not declare is not sent when the reader declares it
    Open,
    /// To the letter of JSON Schema
    Plain,
    /// Objects that declare a name have no others, unless `additionalProperties` is written
    Closed,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffStability {
    /// Anything may change
    Draft,
    /// Much may change
    Alpha,
    /// Little may change
    Beta,
    /// It is promised
    Stable,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
pub(crate) enum DiffMode {
    /// Changes are listed, none counts
    None,
    /// Old callers and old data are kept: the new side reads what the old one wrote
    Backward,
    /// New callers at an old service, new data for old readers
    Forward,
    /// Both
    Full,
    /// Backward, against every version of a history
    BackwardTransitive,
    /// Forward, against every version of a history
    ForwardTransitive,
    /// Full, against every version of a history
    FullTransitive,
}

impl DiffMode {
    /// The mode of each single comparison.
    pub(crate) fn single(self) -> cherryc::Mode {
        match self {
            DiffMode::None => cherryc::Mode::None,
            DiffMode::Backward | DiffMode::BackwardTransitive => cherryc::Mode::Backward,
            DiffMode::Forward | DiffMode::ForwardTransitive => cherryc::Mode::Forward,
            DiffMode::Full | DiffMode::FullTransitive => cherryc::Mode::Full,
        }
    }

    /// Whether every version of a history counts rather than the last one.
    pub(crate) fn is_transitive(self) -> bool {
        matches!(
            self,
            DiffMode::BackwardTransitive | DiffMode::ForwardTransitive | DiffMode::FullTransitive
        )
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffStrictness {
    /// What breaks the binary form; the same as `json` where there is none
    Wire,
    /// What breaks the binary or the JSON form
    Json,
    /// What breaks either form or generated code
    Source,
}

#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("what").required(true).args(["rule", "placement"]))]
pub(crate) struct ExplainArgs {
    /// Name of a rule
    #[arg(value_name = "RULE")]
    pub(crate) rule: Option<String>,
    /// Contracts whose policies are placed
    #[arg(long, value_name = "PATH", num_args = 1..)]
    pub(crate) placement: Vec<PathBuf>,
    /// The target to place for
    #[arg(long, value_name = "NAME", requires = "placement")]
    pub(crate) target: Option<String>,
    /// Set a value of the target, such as `envoy.limiter=native`
    #[arg(long, value_name = "EMITTER.KEY=VALUE", requires = "placement")]
    pub(crate) set: Vec<String>,
}

#[derive(Debug, Args)]
pub(crate) struct RulesArgs {
    /// The shape of the list
    #[arg(long, value_enum, default_value_t = ListFormat::Text)]
    pub(crate) format: ListFormat,
}

#[derive(Debug, Args)]
pub(crate) struct SchemaArgs {
    /// The file that the schema describes
    #[arg(value_parser = schema_names(), default_value = "contract")]
    pub(crate) name: String,
}

#[derive(Debug, Args)]
pub(crate) struct SimulateArgs {
    #[command(flatten)]
    pub(crate) paths: Paths,
    /// Requests, a JSON object a line; `-` for standard input
    #[arg(long, value_name = "FILE")]
    pub(crate) requests: PathBuf,
    /// The target to simulate
    #[arg(long, value_name = "NAME")]
    pub(crate) target: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    pub(crate) shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
pub(crate) struct ManArgs {
    /// The folder to write to; the main page is printed when none is given
    #[arg(value_name = "DIR")]
    pub(crate) dir: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Text,
    Json,
    Sarif,
    Github,
    Gitlab,
    Junit,
    Markdown,
    Html,
}

impl Format {
    /// The library's name for it.
    pub(crate) fn library(self) -> cherryc::Format {
        match self {
            Format::Text => cherryc::Format::Text,
            Format::Json => cherryc::Format::Json,
            Format::Sarif => cherryc::Format::Sarif,
            Format::Github => cherryc::Format::Github,
            Format::Gitlab => cherryc::Format::Gitlab,
            Format::Junit => cherryc::Format::Junit,
            Format::Markdown => cherryc::Format::Markdown,
            Format::Html => cherryc::Format::Html,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    Text,
    Json,
    Markdown,
}

/// The ids of emitters, each with a sentence for the help.
fn emitters() -> impl clap::builder::TypedValueParser<Value = &'static str> {
    use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
    let values = cherryc::Wanted::emitters().into_iter();
    PossibleValuesParser::new(values.map(|(id, summary)| PossibleValue::new(id).help(summary)))
        .try_map(|id| cherryc::Wanted::emitter_id(&id).ok_or("no such emitter"))
}

fn schema_names() -> clap::builder::PossibleValuesParser {
    cherryc::schemas()
        .into_iter()
        .map(|(name, _)| name)
        .collect::<Vec<_>>()
        .into()
}

/// A calendar day as `YYYY-MM-DD`.
fn date(text: &str) -> Result<String, String> {
    if cherryc::is_day(text) {
        Ok(text.to_owned())
    } else {
        Err("write a day as YYYY-MM-DD".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::{civil_day, date};

    #[test]
    fn days_are_those_of_the_calendar() {
        for (days, expected) in [
            (0, "1970-01-01"),
            (59, "1970-03-01"),
            (11_016, "2000-02-29"),
            (20_781, "2026-11-24"),
        ] {
            assert_eq!(civil_day(days), expected);
        }
        for (text, expected) in [("2024-02-29", true), ("2026-02-29", false)] {
            assert_eq!(date(text).is_ok(), expected, "{text}");
        }
    }
}
