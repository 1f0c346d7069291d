//! References that lead nowhere, and what their authors may have meant.

use std::io;

use super::{Pending, Walk, head};
use crate::ingest::load::{leads_outside, report_link_outside, report_remote};
use crate::ingest::lookup::{Files, Lost, State, clip, nearest, nearest_key};
use crate::ingest::reference::{Goal, escape_segment, scheme};
use crate::ingest::rules;
use crate::syntax::{Value, report_unreadable};

impl Walk {
    pub(super) fn unreachable(&mut self, files: &Files, reference: &Pending) {
        let rule = self.rule(reference, &rules::UNRESOLVED_REF);
        let remote = self.rule(reference, &rules::REMOTE_REF);
        let outside = self.rule(reference, &rules::PATH_OUTSIDE_WORKSPACE);
        if !self.findings.room(rule) {
            return;
        }
        let sink = &mut self.findings.sink;
        let (doc, _) = reference.from;
        let parsed = files.reference(doc, reference.resource, &reference.text);
        let path = match parsed.map(|parsed| parsed.goal) {
            Ok(Goal::File(path)) => path,
            Ok(Goal::Uri(uri)) => {
                let is_urn = scheme(&uri).is_some_and(|scheme| scheme.eq_ignore_ascii_case("urn"));
                if is_urn {
                    sink.report(
                        rule,
                        format_args!("`{}` leads nowhere", clip(&reference.text)),
                    )
                    .at(reference.at, "no `$id` in the files of this import is that");
                } else {
                    report_remote(remote, &reference.text, reference.at, sink);
                }
                return;
            }
            // Neither is ever put off.
            Ok(Goal::Same) | Err(_) => return,
        };
        let Some(State::Unread { error, beside }) =
            files.by_path.get(&path).map(|doc| &files.docs[*doc].state)
        else {
            return;
        };
        if leads_outside(error) {
            report_link_outside(outside, &path, reference.at, sink);
            return;
        }
        if error.kind() != io::ErrorKind::NotFound {
            report_unreadable(&path, error, Some(reference.at), sink);
            return;
        }
        let draft = sink
            .report(
                rule,
                format_args!(
                    "`{}` leads nowhere: there is no file `{path}`",
                    clip(&reference.text)
                ),
            )
            .at(reference.at, "no such file");
        // `User` for `#/components/schemas/User` was legal once.
        let component = files.docs[doc].tree().and_then(|tree| {
            let schemas = tree.root().pointer("/components/schemas")?;
            schemas.get_entry(&reference.text)
        });
        if let Some((key, _)) = component {
            draft.fix(
                format_args!("write `#/components/schemas/{}`", key.text),
                reference.at,
                format_args!("#/components/schemas/{}", escape_segment(key.text)),
            );
        } else if reference.text.contains('\\') {
            draft.help("write `/` between folders");
        } else if let Some(name) = nearest(path.file_name(), beside.iter().map(|name| &**name)) {
            draft.help(format_args!("did you mean `{name}`?"));
        } else {
            draft.help("the path is read relative to the file that the reference stands in");
        }
    }

    pub(super) fn lost(&mut self, files: &Files, reference: &Pending, to: usize, lost: &Lost<'_>) {
        let rule = self.rule(reference, &rules::UNRESOLVED_REF);
        if !self.findings.room(rule) {
            return;
        }
        let path = &files.docs[to].path;
        let shown = clip(&reference.text);
        let missing = clip(&lost.missing);
        let sink = &mut self.findings.sink;
        let Some((pointer, value)) = &lost.reached else {
            let draft = sink
                .report(
                    rule,
                    format_args!("`{shown}` leads nowhere: `{path}` has no anchor `{missing}`"),
                )
                .at(reference.at, "no such anchor");
            let anchors = files.docs[to].index().map(|index| &index.anchors);
            let names = anchors.into_iter().flat_map(|anchors| anchors.keys());
            match nearest(&lost.missing, names.map(|name| &**name)) {
                Some(name) => draft.help(format_args!("did you mean `#{name}`?")),
                None => draft.help("a pointer begins with `#/`; a name needs an `$anchor`"),
            };
            return;
        };
        let parent = if pointer.is_empty() {
            format!("`{path}`")
        } else {
            format!("`{}` in `{path}`", clip(pointer))
        };
        let headline = format!("`{shown}` leads nowhere: {parent} has no `{missing}`");
        let draft = sink
            .report(rule, headline)
            .at(reference.at, format_args!("`{missing}` does not exist"));
        if let Some(inner) = value.get("$ref").and_then(Value::as_str) {
            draft
                .also(value.span(), "this is a reference itself")
                .help(format_args!(
                    "a pointer does not go through a reference; begin at what it names: `{}`",
                    clip(inner)
                ));
        } else if let Some(key) = nearest_key(&lost.missing, *value) {
            draft
                .also(key.span, format_args!("`{}` is here", clip(key.text)))
                .help(format_args!("did you mean `{}`?", clip(key.text)));
        } else if value.is_mapping() && value.len() > 0 {
            let mut names: Vec<&str> = value.entries().map(|(key, _)| key.text).take(6).collect();
            names.sort_unstable();
            let more = if value.len() > names.len() {
                ", ..."
            } else {
                ""
            };
            let names: Vec<String> = names
                .iter()
                .map(|name| format!("`{}`", clip(name)))
                .collect();
            draft
                .also(head(*value), "these are its names")
                .help(format_args!("there are {}{more}", names.join(", ")));
        }
    }
}
