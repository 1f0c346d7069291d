//! Releases in Protobuf: folders or files of `.proto`.

use std::sync::Arc;

use super::buf::Wanted;
use super::layout::Layout;
use super::listing::Listing;
use super::{DiffChoices, Release, policy};
use crate::compat;
use crate::diag::Diagnostics;
use crate::ingest::proto::{Loaded, Reuse, load};
use crate::schema::SchemaSet;
use crate::syntax::rules::FILE_UNREADABLE;
use crate::text::{RelPath, Side, SourceMap, aside};

/// Compares folders or files of Protobuf; folders may have been listed already. Also says whether any
/// text differs.
pub(super) fn judge(
    [old, new]: [&Release<'_>; 2],
    listed: Option<[&Listing; 2]>,
    choices: &DiffChoices,
    sources: &mut SourceMap,
    sink: &mut Diagnostics,
) -> Option<(Diagnostics, bool)> {
    let mut old_layout = Layout::of(old, Side::Old, None, Wanted::Modules, sources, sink);
    let config = choices.buf_config.as_ref();
    let new_layout = Layout::of(new, Side::New, config, choices.wanted(), sources, sink);
    if sink.has_errors() {
        return None;
    }
    old_layout.follow(&new_layout, old);
    let policies = policy::policies(choices, &new_layout, [old, new]);
    let new_source = new_layout.source(new, listed.map(|[_, new]| new), sink);
    let old_source = old_layout.source(old, listed.map(|[old, _]| old), sink);
    let Loaded {
        old: old_set,
        new: new_set,
    } = load(&new_source, Some(&old_source), Reuse::Shared, sources).into(sink);
    let mut old_set = old_set?;
    if sink.has_errors() {
        return None;
    }
    if old_set.units.is_empty() && new_set.units.is_empty() {
        // Nothing against nothing would pass every check, and is a slip of the pen.
        sink.report(
            &FILE_UNREADABLE,
            format_args!(
                "there is no `.proto` file in `{}` or `{}`",
                old.name, new.name
            ),
        )
        .help("name the folder that holds the files");
        return None;
    }
    let is_partial = new_layout.is_partial();
    if is_partial {
        pair_single(&mut old_set, &new_set, [old, new], sources);
    }
    let mut found = Diagnostics::default();
    let is_shared = policies.len() == 1;
    for policy in &policies {
        let mut policy_found = compat::check(&old_set, &new_set, &policy.policy);
        let roots = [old_layout.base(), new_layout.base()];
        if !is_shared {
            policy_found.retain(|finding| policy.is_about(finding, sources, roots));
        }
        found.absorb(policy_found);
    }
    if is_partial {
        // What only the imports of the files say is for a comparison of the whole tree.
        let is_named = |side: &Release<'_>, path: &RelPath| side.paths.contains(path);
        found.retain(|finding| {
            let Some(comparison) = finding.comparison() else {
                return true;
            };
            let places = [comparison.old_at, comparison.at];
            places.iter().flatten().any(|span| {
                let path = sources.file(span.file).path();
                is_named(old, path) || is_named(new, path)
            })
        });
    }
    if old_layout.has_beside() || new_layout.has_beside() {
        // What lies beside the folder was read for its imports.
        let roots = [super::root(old), super::root(new)];
        found.retain(|finding| {
            let Some(comparison) = finding.comparison() else {
                return true;
            };
            let places = [(comparison.old_at, &roots[0]), (comparison.at, &roots[1])];
            let lies = |(span, root): (Option<crate::text::Span>, &RelPath)| {
                span.is_some_and(|span| sources.file(span.file).path().is_below(root))
            };
            places.into_iter().any(lies)
        });
    }
    let is_changed = old_set.units.len() != new_set.units.len()
        || old_set
            .units
            .iter()
            .zip(&new_set.units)
            .any(|(old, new)| !Arc::ptr_eq(old, new));
    aside((old_set, new_set));
    Some((found, is_changed))
}

/// Two single files are one unit, whatever they are called.
fn pair_single(
    old: &mut SchemaSet,
    new: &SchemaSet,
    sides: [&Release<'_>; 2],
    sources: &SourceMap,
) {
    let ([old_path], [new_path]) = (sides[0].paths.as_slice(), sides[1].paths.as_slice()) else {
        return;
    };
    let of = |set: &SchemaSet, path: &RelPath| {
        let mut units = set.units.iter();
        units.position(|unit| !unit.is_builtin && sources.file(unit.file).path() == path)
    };
    let new_at = of(new, new_path);
    // A file that both sides share was read from the new one.
    let old_at = of(old, old_path).or_else(|| of(old, new_path));
    if let (Some(old_at), Some(new_at)) = (old_at, new_at)
        && old.units[old_at].path != new.units[new_at].path
    {
        Arc::make_mut(&mut old.units[old_at]).path = new.units[new_at].path.clone();
    }
}
