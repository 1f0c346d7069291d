//! `buf.yaml`: what another tool was told about breaking changes, so that it need not be told again.
//!
//! Of the file only `modules` (or `build.roots`) and `breaking` are read; everything else is that
//! tool's own affair.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::compat::{self, Selected};
use crate::diag::{Diagnostics, Phase};
use crate::syntax::rules::{MISSING_KEY, OUT_OF_RANGE, UNKNOWN_KEY, WRONG_TYPE};
use crate::syntax::{Kind, Mode, Value, parse};
use crate::text::{FileId, Likeness, RelPath, Spanned, nearest};

/// The name of the file.
pub(super) const BUF_YAML: &str = "buf.yaml";

/// Categories and rules are called so when nothing is said.
const DEFAULT_USE: &str = "FILE";

/// A prefix that marks ids of the other tool.
const PEER: &str = "buf:";

/// Rules that came with v2.
const SINCE_V2: [&str; 3] = [
    "EXTENSION_NO_DELETE",
    "FIELD_SAME_DEFAULT",
    "PACKAGE_EXTENSION_NO_DELETE",
];

/// Rules that came with v1.
const SINCE_V1: [&str; 2] = [
    "FIELD_WIRE_COMPATIBLE_TYPE",
    "FIELD_WIRE_JSON_COMPATIBLE_TYPE",
];

/// Names that v1 still takes, and what they stand for.
const REPLACED: [(&str, &[&str]); 5] = [
    ("FIELD_SAME_CTYPE", &["FIELD_SAME_CPP_STRING_TYPE"]),
    (
        "FIELD_SAME_LABEL",
        &[
            "FIELD_SAME_CARDINALITY",
            "FIELD_WIRE_COMPATIBLE_CARDINALITY",
            "FIELD_WIRE_JSON_COMPATIBLE_CARDINALITY",
        ],
    ),
    (
        "FILE_SAME_JAVA_STRING_CHECK_UTF8",
        &["FIELD_SAME_JAVA_UTF8_VALIDATION"],
    ),
    ("FILE_SAME_PHP_GENERIC_SERVICES", &[]),
    ("MESSAGE_SAME_MESSAGE_SET_WIRE_FORMAT", &[]),
];

/// Version of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Version {
    V1Beta1,
    V1,
    V2,
}

/// What the file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct BufConfig {
    /// The version that it is written in.
    pub(super) version: Version,
    /// Folders that imports are read relative to, from the folder of the file.
    pub(super) modules: Vec<Module>,
    /// What holds for modules that say nothing themselves; absent when nothing is said.
    pub(super) breaking: Option<Breaking>,
    /// Whether paths of `ignore` count from the module rather than from the folder of the file.
    pub(super) ignores_in_module: bool,
}

/// A folder that imports are read relative to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Module {
    /// The folder.
    pub(super) path: RelPath,
    /// Folders in it that do not belong to it, from the folder of the file.
    pub(super) excludes: Vec<RelPath>,
    /// What holds for it alone.
    pub(super) breaking: Option<Breaking>,
}

/// What a `breaking` section says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Breaking {
    /// Rules that are asked for.
    pub(super) rules: BTreeSet<Selected>,
    /// Those of them that are not.
    pub(super) except: BTreeSet<Selected>,
    /// Files and folders that nobody wants to hear about.
    pub(super) ignore: Vec<RelPath>,
    /// The same for single rules.
    pub(super) ignore_only: Vec<(BTreeSet<Selected>, Vec<RelPath>)>,
    /// Whether unstable packages are left out.
    pub(super) ignore_unstable: bool,
}

/// What of the file is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Where modules lie, and what counts.
    All,
    /// Where modules lie; what the file says about changes, right or wrong, is nobody's concern.
    Modules,
}

/// Reads the file. Without a value it is too broken to be held to.
pub(super) fn read(file: FileId, text: &Arc<str>, wanted: Wanted) -> Phase<Option<BufConfig>> {
    let mut sink = Diagnostics::default();
    let tree = parse(file, text, Mode::Schema).into(&mut sink);
    let value = tree.and_then(|tree| {
        let mut reader = Reader {
            version: Version::V2,
            wanted,
            sink: &mut sink,
        };
        reader.config(tree.root())
    });
    let value = value.filter(|_| !sink.has_errors());
    Phase {
        value,
        diagnostics: sink,
    }
}

/// Reads a `buf.work.yaml`: the folders that it names.
pub(super) fn read_folders(file: FileId, text: &Arc<str>) -> Phase<Option<Vec<RelPath>>> {
    let mut sink = Diagnostics::default();
    let tree = parse(file, text, Mode::Schema).into(&mut sink);
    let value = tree.and_then(|tree| {
        let mut reader = Reader {
            version: Version::V1,
            wanted: Wanted::Modules,
            sink: &mut sink,
        };
        reader.folders(tree.root())
    });
    let value = value.filter(|_| !sink.has_errors());
    Phase {
        value,
        diagnostics: sink,
    }
}

struct Reader<'s> {
    version: Version,
    wanted: Wanted,
    sink: &'s mut Diagnostics,
}

impl Reader<'_> {
    /// What `version` says in a file of this name, of what it may say.
    fn version_of(
        &mut self,
        root: Value<'_>,
        name: &str,
        versions: &[(&str, Version)],
    ) -> Option<Version> {
        if !root.is_mapping() {
            self.wrong(root, &format!("`{name}`"), "a mapping with `version`");
            return None;
        }
        let last = versions.last().map_or("", |(name, _)| *name);
        let Some(version) = root.get("version") else {
            self.sink
                .report(&MISSING_KEY, "`version` is missing")
                .at(root.span(), "in this file")
                .help(format_args!("write `version: {last}`"));
            return None;
        };
        let said = version.scalar_text();
        let known = versions.iter().find(|(name, _)| said == Some(*name));
        if known.is_none() {
            let said = said.unwrap_or("something else");
            let names: Vec<String> = versions
                .iter()
                .map(|(name, _)| format!("`{name}`"))
                .collect();
            let names = match names.split_last() {
                Some((last, [])) => last.clone(),
                Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
                None => String::new(),
            };
            self.sink
                .report(
                    &OUT_OF_RANGE,
                    format_args!("`version` must be {names}, found `{said}`"),
                )
                .at(version.span(), "here");
        }
        known.map(|(_, version)| *version)
    }

    /// The folders of a workspace: none is all of it, and none lies in another.
    fn folders(&mut self, root: Value<'_>) -> Option<Vec<RelPath>> {
        self.version_of(root, "buf.work.yaml", &[("v1", Version::V1)])?;
        let list = self.list(root.get("directories"), "directories");
        if list.is_empty() {
            self.sink
                .report(&MISSING_KEY, "`directories` names no folder")
                .at(root.span(), "in this file")
                .help("name the folders that hold a module each");
            return None;
        }
        let mut folders: Vec<RelPath> = Vec::new();
        for value in list {
            let Some(folder) = self.path(value, "directories") else {
                continue;
            };
            let other = folders
                .iter()
                .find(|other| folder.is_below(other) || other.is_below(&folder));
            let problem = match other {
                _ if folder.as_str().is_empty() => {
                    "a folder of a workspace is not the workspace itself".to_owned()
                }
                Some(other) => format!("`{folder}` and `{other}` lie in each other"),
                None => {
                    folders.push(folder);
                    continue;
                }
            };
            self.sink
                .report(&OUT_OF_RANGE, problem)
                .at(value.span(), "here");
        }
        Some(folders)
    }

    fn config(&mut self, root: Value<'_>) -> Option<BufConfig> {
        let versions = [
            ("v1beta1", Version::V1Beta1),
            ("v1", Version::V1),
            ("v2", Version::V2),
        ];
        self.version = self.version_of(root, "buf.yaml", &versions)?;
        let mut breaking = self.section(root);
        let mut modules = Vec::new();
        match self.version {
            Version::V2 => {
                for value in self.list(root.get("modules"), "modules") {
                    modules.extend(self.module(value));
                }
            }
            Version::V1Beta1 => {
                let build = root.get("build");
                let roots = build.and_then(|build| build.get("roots"));
                for path in self.paths(roots, "build.roots") {
                    modules.push(Module::plain(path));
                }
                if modules.is_empty() {
                    modules.push(Module::plain(RelPath::root()));
                }
                let excludes = build.and_then(|build| build.get("excludes"));
                self.exclude(&mut modules, excludes);
            }
            Version::V1 => {
                modules.push(Module::plain(RelPath::root()));
                let build = root.get("build");
                let excludes = build.and_then(|build| build.get("excludes"));
                self.exclude(&mut modules, excludes);
            }
        }
        if modules.is_empty() {
            modules.push(Module::plain(RelPath::root()));
        }
        if breaking.is_none() && modules.iter().any(|module| module.breaking.is_some()) {
            breaking = Some(usual(self.version));
        }
        Some(BufConfig {
            version: self.version,
            modules,
            breaking,
            ignores_in_module: self.version == Version::V1Beta1,
        })
    }

    /// Excluded folders, which count from the folder of the file in every version.
    fn exclude(&mut self, modules: &mut [Module], excludes: Option<Value<'_>>) {
        let excludes = self.paths(excludes, "build.excludes");
        for module in modules {
            module.excludes.clone_from(&excludes);
        }
    }

    fn module(&mut self, value: Value<'_>) -> Option<Module> {
        if !value.is_mapping() {
            self.wrong(value, "a module", "a mapping with `path`");
            return None;
        }
        let path = match value.get("path") {
            Some(path) => self.path(path, "path")?,
            None => RelPath::root(),
        };
        Some(Module {
            path,
            excludes: self.paths(value.get("excludes"), "excludes"),
            breaking: self.section(value),
        })
    }

    /// The `breaking` section of the file or of a module.
    fn section(&mut self, owner: Value<'_>) -> Option<Breaking> {
        let section = owner.get("breaking")?;
        (self.wanted == Wanted::All).then(|| self.breaking(section))
    }

    fn breaking(&mut self, value: Value<'_>) -> Breaking {
        let mut out = Breaking::default();
        if !value.is_mapping() {
            if !matches!(value.kind(), Kind::Null) {
                self.wrong(value, "`breaking`", "a mapping");
            }
            out.rules = self.expand(DEFAULT_USE).unwrap_or_default();
            return out;
        }
        let known: &[&str] = match self.version {
            Version::V2 => &[
                "use",
                "except",
                "ignore",
                "ignore_only",
                "ignore_unstable_packages",
                "disable_builtin",
            ],
            _ => &[
                "use",
                "except",
                "ignore",
                "ignore_only",
                "ignore_unstable_packages",
            ],
        };
        for (key, _) in value.entries() {
            if !known.contains(&key.text) {
                let near = nearest(key.text, known.iter().copied(), &Likeness::WORD);
                let draft = self
                    .sink
                    .report(
                        &UNKNOWN_KEY,
                        format_args!("unknown key `{}` in `breaking`", key.text),
                    )
                    .at(key.span, "nothing reads this");
                match near {
                    Some(near) => draft.help(format_args!("did you mean `{near}`?")),
                    None => draft.help(format_args!("the keys are {}", known.join(", "))),
                };
            }
        }
        let wanted = self.names(value.get("use"), "use");
        out.rules = if value.get("use").is_some_and(|list| list.len() > 0) {
            wanted
        } else {
            self.expand(DEFAULT_USE).unwrap_or_default()
        };
        if self.flag(value.get("disable_builtin"), "disable_builtin") {
            out.rules.clear();
        }
        out.except = self.names(value.get("except"), "except");
        out.ignore = self.paths(value.get("ignore"), "ignore");
        if let Some(only) = value.get("ignore_only") {
            if !only.is_mapping() {
                self.wrong(only, "`ignore_only`", "a mapping from rules to paths");
            }
            for (key, paths) in only.entries() {
                let rules = self.name(&Spanned::new(key.text, key.span));
                let paths = self.paths(Some(paths), key.text);
                out.ignore_only.push((rules, paths));
            }
        }
        out.ignore_unstable = self.flag(
            value.get("ignore_unstable_packages"),
            "ignore_unstable_packages",
        );
        out
    }

    fn flag(&mut self, value: Option<Value<'_>>, key: &str) -> bool {
        match value.map(|value| (value, value.kind())) {
            None | Some((_, Kind::Null)) => false,
            Some((_, Kind::Bool(flag))) => flag,
            Some((value, _)) => {
                self.wrong(value, &format!("`{key}`"), "`true` or `false`");
                false
            }
        }
    }

    fn list<'t>(&mut self, value: Option<Value<'t>>, key: &str) -> Vec<Value<'t>> {
        match value {
            Some(value) if value.is_sequence() => value.items().collect(),
            Some(value) if !matches!(value.kind(), Kind::Null) => {
                self.wrong(value, &format!("`{key}`"), "a list");
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn paths(&mut self, value: Option<Value<'_>>, key: &str) -> Vec<RelPath> {
        let list = self.list(value, key);
        list.into_iter()
            .filter_map(|value| self.path(value, key))
            .collect()
    }

    fn path(&mut self, value: Value<'_>, key: &str) -> Option<RelPath> {
        let Some(text) = value.scalar_text() else {
            self.wrong(value, &format!("`{key}`"), "a path");
            return None;
        };
        let path = RelPath::new(text);
        if path.is_none() {
            self.sink
                .report(
                    &OUT_OF_RANGE,
                    format_args!("`{text}` does not lie below the folder of `buf.yaml`"),
                )
                .at(value.span(), "here")
                .help("write the path relative to `buf.yaml`, without `..`");
        }
        path
    }

    fn names(&mut self, value: Option<Value<'_>>, key: &str) -> BTreeSet<Selected> {
        let mut out = BTreeSet::new();
        for value in self.list(value, key) {
            match value.scalar_text() {
                Some(text) => out.append(&mut self.name(&Spanned::new(text, value.span()))),
                None => self.wrong(value, &format!("`{key}`"), "names of rules or categories"),
            }
        }
        out
    }

    fn name(&mut self, name: &Spanned<&str>) -> BTreeSet<Selected> {
        self.expand(name.node).unwrap_or_else(|| {
            self.sink
                .report(
                    &UNKNOWN_KEY,
                    format_args!("there is no rule or category `{}`", name.node),
                )
                .at(name.span, "nothing has this name")
                .help("`cherryc rules` lists the rules with their names in other tools");
            BTreeSet::new()
        })
    }

    /// What a name stands for in this version.
    fn expand(&self, name: &str) -> Option<BTreeSet<Selected>> {
        expand(self.version, name)
    }

    fn wrong(&mut self, value: Value<'_>, what: &str, expected: &str) {
        let found = match value.kind() {
            Kind::Null => "nothing".to_owned(),
            Kind::Bool(flag) => format!("`{flag}`"),
            Kind::Number(text) => format!("the number `{text}`"),
            Kind::String(_) => "a text".to_owned(),
            Kind::Sequence => "a list".to_owned(),
            Kind::Mapping => "a mapping".to_owned(),
        };
        self.sink
            .report(
                &WRONG_TYPE,
                format_args!("{what} must be {expected}, found {found}"),
            )
            .at(value.span(), "here");
    }
}

impl BufConfig {
    /// What modules come to that each say what counts for them, as those of v1 do.
    pub(super) fn of_modules(modules: Vec<Module>) -> Self {
        let is_said = modules.iter().any(|module| module.breaking.is_some());
        BufConfig {
            version: Version::V1,
            modules,
            breaking: is_said.then(|| usual(Version::V1)),
            ignores_in_module: false,
        }
    }
}

/// What counts for a module that says nothing, where another one does.
fn usual(version: Version) -> Breaking {
    Breaking {
        rules: expand(version, DEFAULT_USE).unwrap_or_default(),
        ..Breaking::default()
    }
}

impl Module {
    pub(super) fn plain(path: RelPath) -> Self {
        Module {
            path,
            excludes: Vec::new(),
            breaking: None,
        }
    }
}

/// What a name stands for in a version of the file: older ones have fewer rules, and v1beta1 puts
/// some of them into other categories.
fn expand(version: Version, name: &str) -> Option<BTreeSet<Selected>> {
    let bare = name.strip_prefix(PEER).unwrap_or(name);
    if version == Version::V2 {
        return select(bare);
    }
    if let Some((_, replacements)) = REPLACED.iter().find(|(old, _)| *old == bare) {
        let rules = replacements.iter().filter_map(|name| select(name));
        return Some(rules.flatten().collect());
    }
    let is_absent = |id: &str| {
        SINCE_V2.contains(&id) || (version == Version::V1Beta1 && SINCE_V1.contains(&id))
    };
    if bare == "CSR" || is_absent(bare) {
        return None;
    }
    let mut rules = select(bare)?;
    rules.retain(|rule| match rule {
        Selected::Peer(id) => !is_absent(id.strip_prefix(PEER).unwrap_or(id)),
        Selected::Own(_) => true,
    });
    if version == Version::V1Beta1 {
        let strict = ["FIELD_SAME_TYPE", "FIELD_SAME_CARDINALITY"];
        if matches!(bare, "WIRE" | "WIRE_JSON") {
            rules.extend(strict.iter().filter_map(|name| select(name)).flatten());
        }
        if matches!(bare, "WIRE" | "WIRE_JSON" | "PACKAGE") {
            let package = select("FILE_SAME_PACKAGE").unwrap_or_default();
            rules.retain(|rule| !package.contains(rule));
        }
    }
    Some(rules)
}

fn select(name: &str) -> Option<BTreeSet<Selected>> {
    Some(compat::select(name)?.into_iter().collect())
}
