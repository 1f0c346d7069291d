//! Mutations of enums, messages, services, options and layout.

use super::kinds::{Edits, Kind, Rng};
use super::outline::{Enum, Outline, Place, Rpc, Value};

pub(super) const KINDS: &[Kind] = &[
    Kind::edit("value-deleted", |o, r, e| {
        delete_value(o, r, e, false, false)
    }),
    Kind::edit("value-deleted-number-reserved", |o, r, e| {
        delete_value(o, r, e, true, false)
    }),
    Kind::edit("value-deleted-name-reserved", |o, r, e| {
        delete_value(o, r, e, false, true)
    }),
    Kind::edit("value-deleted-both-reserved", |o, r, e| {
        delete_value(o, r, e, true, true)
    }),
    Kind::edit("value-renamed", rename_value),
    Kind::edit("value-renumbered", renumber_value),
    Kind::edit("values-swapped", swap_values),
    Kind::edit("value-added", add_value).silent(),
    Kind::edit("alias-after", |o, r, e| alias(o, r, e, false)).silent(),
    Kind::edit("alias-before", |o, r, e| alias(o, r, e, true)).silent(),
    Kind::edit("enum-renamed", |o, r, e| {
        let name = &r.pick(&o.enums)?.block.name;
        rename(o, name, e)
    }),
    Kind::edit("enum-deleted", delete_enum),
    Kind::edit("message-renamed", |o, r, e| {
        let name = &r.pick(&o.messages)?.block.name;
        rename(o, name, e)
    }),
    Kind::edit("message-deleted", delete_message),
    Kind::edit("message-renamed-declaration-only", |o, r, e| {
        let unused = o.messages.iter().map(|one| &one.block.name);
        let name = r.pick_from(unused.filter(|name| o.mentions(o.at(name)).len() == 1))?;
        rename(o, name, e)
    }),
    Kind::edit("rpc-deleted", delete_rpc),
    Kind::edit("rpc-renamed", |o, r, e| {
        e.replace(&r.pick(&o.rpcs)?.name, "ZzRenamed");
        Some(())
    }),
    Kind::edit("request-streams", |o, r, e| {
        stream(o, r, e, |rpc| &rpc.request)
    }),
    Kind::edit("response-streams", |o, r, e| {
        stream(o, r, e, |rpc| &rpc.response)
    }),
    Kind::edit("request-type", |o, r, e| {
        rpc_type(o, r, e, |rpc| &rpc.request)
    }),
    Kind::edit("response-type", |o, r, e| {
        rpc_type(o, r, e, |rpc| &rpc.response)
    }),
    Kind::edit("service-deleted", |o, r, e| {
        e.remove(&r.pick(&o.services)?.whole);
        Some(())
    }),
    Kind::edit("service-renamed", |o, r, e| {
        e.replace(&r.pick(&o.services)?.name, "ZzRenamed");
        Some(())
    }),
    Kind::edit("file-option-changed", change_option),
    Kind::edit("file-option-removed", remove_option),
    Kind::edit("file-option-added", add_option),
    Kind::edit("package-renamed", |o, _, e| {
        e.insert(o.package.end, ".zz_renamed");
        Some(())
    }),
    Kind::edit("comments-added", comments).silent(),
    Kind::edit("imports-reordered", imports).silent(),
    Kind::edit("fields-reordered", |o, r, e| {
        let one = r.pick(&o.fields)?;
        let near = o
            .fields_of(one.message)
            .filter(|field| field.oneof == one.oneof);
        let other = r.pick_from(near.filter(|field| field.whole != one.whole))?;
        e.exchange(o, &one.whole, &other.whole);
        Some(())
    })
    .silent(),
    Kind::edit("messages-reordered", |o, r, e| {
        let tops: Vec<&Place> = top_messages(o).collect();
        let one = *r.pick(&tops)?;
        let other = r.pick_from(tops.into_iter().filter(|place| *place != one))?;
        e.exchange(o, one, other);
        Some(())
    })
    .silent(),
    Kind::edit("rpcs-reordered", |o, r, e| {
        let one = r.pick(&o.rpcs)?;
        let others = o.rpcs.iter().filter(|rpc| rpc.service == one.service);
        let other = r.pick_from(others.filter(|rpc| rpc.whole != one.whole))?;
        e.exchange(o, &one.whole, &other.whole);
        Some(())
    })
    .silent(),
    Kind::edit("values-reordered", |o, r, e| {
        let one = r.pick(&o.enums)?;
        // The first value of an open enum must stay zero.
        let rest = one.values.get(1..)?;
        let value = r.pick(rest)?;
        let other = r.pick_from(rest.iter().filter(|other| other.whole != value.whole))?;
        e.exchange(o, &value.whole, &other.whole);
        Some(())
    })
    .silent(),
];

fn top_messages(o: &Outline) -> impl Iterator<Item = &Place> {
    let tops = o.messages.iter().filter(|one| one.block.parent.is_none());
    tops.map(|one| &one.block.whole)
}

/// An enum, and a value of it that is not the first.
fn late_value<'a>(o: &'a Outline, rng: &mut Rng) -> Option<(&'a Enum, &'a Value)> {
    let late = o.enums.iter().flat_map(|one| {
        let values = one.values.iter().skip(1);
        values.map(move |value| (one, value))
    });
    rng.pick_from(late)
}

fn delete_value(o: &Outline, rng: &mut Rng, e: &mut Edits, number: bool, name: bool) -> Option<()> {
    let (one, value) = late_value(o, rng)?;
    e.remove(&value.whole);
    if number {
        let text = format!("\n  reserved {};", o.at(&value.number));
        e.insert(one.block.body.start, &text);
    }
    if name {
        let text = format!("\n  reserved \"{}\";", o.at(&value.name));
        e.insert(one.block.body.start, &text);
    }
    Some(())
}

fn rename_value(o: &Outline, rng: &mut Rng, e: &mut Edits) -> Option<()> {
    let (_, value) = late_value(o, rng)?;
    e.insert(value.name.end, "_OTHER");
    Some(())
}

fn renumber_value(o: &Outline, rng: &mut Rng, e: &mut Edits) -> Option<()> {
    let (_, value) = late_value(o, rng)?;
    e.replace(&value.number, "77001");
    Some(())
}

fn swap_values(o: &Outline, rng: &mut Rng, e: &mut Edits) -> Option<()> {
    let (one, value) = late_value(o, rng)?;
    let others = one
        .values
        .iter()
        .skip(1)
        .filter(|other| other.whole != value.whole);
    e.exchange(o, &value.number, &rng.pick_from(others)?.number);
    Some(())
}

fn add_value(o: &Outline, rng: &mut Rng, e: &mut Edits) -> Option<()> {
    let one = rng.pick(&o.enums)?;
    e.insert(one.block.body.end, "  ZZ_ADDED = 77002;\n");
    Some(())
}

fn alias(o: &Outline, rng: &mut Rng, e: &mut Edits, before: bool) -> Option<()> {
    let (one, value) = late_value(o, rng)?;
    if !one.has_alias {
        e.insert(one.block.body.start, "\n  option allow_alias = true;");
    }
    let text = format!("ZZ_ALIAS = {};", o.at(&value.number));
    if before {
        e.insert(value.whole.start, &format!("{text}\n  "));
    } else {
        e.insert(value.whole.end, &format!("\n  {text}"));
    }
    Some(())
}

/// Renames a declaration and whoever mentions it.
fn rename(o: &Outline, name: &Place, e: &mut Edits) -> Option<()> {
    let name = o.at(name);
    for mention in o.mentions(name) {
        e.replace(&mention, &format!("{name}Other"));
    }
    Some(())
}

fn delete_enum(o: &Outline, rng: &mut Rng, e: &mut Edits) -> Option<()> {
    let one = rng.pick(&o.enums)?;
    let name = o.at(&one.block.name);
    e.remove(&one.block.whole);
    for field in o.fields.iter().filter(|field| o.at(&field.ty) == name) {
        e.replace(&field.ty, "int32");
    }
    Some(())
}

fn delete_message(o: &Outline, rng: &mut Rng, e: &mut Edits) -> Option<()> {
    let unused = o
        .messages
        .iter()
        .filter(|one| o.mentions(o.at(&one.block.name)).len() == 1);
    e.remove(&rng.pick_from(unused)?.block.whole);
    Some(())
}

fn delete_rpc(o: &Outline, rng: &mut Rng, e: &mut Edits) -> Option<()> {
    e.remove(&rng.pick(&o.rpcs)?.whole);
    Some(())
}

type PickSide = fn(&Rpc) -> &super::outline::Side;

fn stream(o: &Outline, rng: &mut Rng, e: &mut Edits, side: PickSide) -> Option<()> {
    let side = side(rng.pick(&o.rpcs)?);
    match &side.stream {
        Some(stream) => e.remove(stream),
        None => e.insert(side.ty.start, "stream "),
    }
    Some(())
}

fn rpc_type(o: &Outline, rng: &mut Rng, e: &mut Edits, side: PickSide) -> Option<()> {
    let side = side(rng.pick(&o.rpcs)?);
    let tops = o.messages.iter().filter(|one| one.block.parent.is_none());
    let names = tops.map(|one| o.at(&one.block.name));
    e.replace(
        &side.ty,
        rng.pick_from(names.filter(|name| *name != o.at(&side.ty)))?,
    );
    Some(())
}

fn change_option(o: &Outline, rng: &mut Rng, e: &mut Edits) -> Option<()> {
    let texts = o
        .options
        .iter()
        .filter(|option| o.at(&option.whole).ends_with("\";"));
    let option = rng.pick_from(texts)?;
    e.insert(option.whole.end - 2, "Zz");
    Some(())
}

fn remove_option(o: &Outline, rng: &mut Rng, e: &mut Edits) -> Option<()> {
    e.remove(&rng.pick(&o.options)?.whole);
    Some(())
}

fn add_option(o: &Outline, rng: &mut Rng, e: &mut Edits) -> Option<()> {
    let words = [
        "cc_generic_services = true",
        "java_generic_services = true",
        "py_generic_services = true",
        "optimize_for = CODE_SIZE",
        "swift_prefix = \"ZZ\"",
        "php_class_prefix = \"ZZ\"",
        "ruby_package = \"Zz\"",
    ];
    let word = rng.pick(&words)?;
    let name = word.split(' ').next()?;
    let is_new = o.options.iter().all(|option| o.at(&option.name) != name);
    is_new.then(|| e.insert(o.package.end + 1, &format!("\noption {word};")))
}

fn comments(o: &Outline, rng: &mut Rng, e: &mut Edits) -> Option<()> {
    for _ in 0..5 {
        let word = rng.pick(&o.words)?;
        let comment = rng.pick(&["/* ; } */ ", "// message Zz {\n", "/*\n\n*/"])?;
        e.insert(word.start, comment);
    }
    Some(())
}

fn imports(o: &Outline, rng: &mut Rng, e: &mut Edits) -> Option<()> {
    let one = rng.pick(&o.imports)?;
    let other = rng.pick_from(o.imports.iter().filter(|place| *place != one))?;
    e.exchange(o, one, other);
    Some(())
}
