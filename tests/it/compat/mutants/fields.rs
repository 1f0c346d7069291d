//! Mutations of fields and oneofs.

use super::kinds::{Dialect, Edits, Kind, Rng, Step, add_option};
use super::outline::{Field, Outline};

const SCALARS: [&str; 15] = [
    "double", "float", "int32", "int64", "uint32", "uint64", "sint32", "sint64", "fixed32",
    "fixed64", "sfixed32", "sfixed64", "bool", "string", "bytes",
];

/// What the binary form writes alike, more or less.
const WIRE_GROUPS: [&[&str]; 5] = [
    &["int32", "int64", "uint32", "uint64", "bool"],
    &["sint32", "sint64"],
    &["fixed32", "sfixed32"],
    &["fixed64", "sfixed64"],
    &["string", "bytes"],
];

const KEYS: [&str; 5] = ["int32", "int64", "string", "bool", "fixed64"];

pub(super) const KINDS: &[Kind] = &[
    Kind::edit("field-deleted", |o, r, e| delete(o, r, e, false, false)),
    Kind::edit("field-deleted-number-reserved", |o, r, e| {
        delete(o, r, e, true, false)
    }),
    Kind::edit("field-deleted-name-reserved", |o, r, e| {
        delete(o, r, e, false, true)
    }),
    Kind::edit("field-deleted-both-reserved", |o, r, e| {
        delete(o, r, e, true, true)
    }),
    Kind::edit("fields-of-a-message-deleted", delete_all),
    Kind::edit("field-renamed", rename),
    Kind::edit("field-renamed-json-pinned", rename_pinned),
    Kind::edit("field-renumbered", renumber),
    Kind::edit("fields-swapped", |o, r, e| {
        swap(o, r, e, |field| field.number.clone())
    }),
    Kind::edit("field-names-swapped", |o, r, e| {
        swap(o, r, e, |field| field.name.clone())
    }),
    Kind::edit("field-added", add).silent(),
    Kind::edit("type-to-any-scalar", type_any),
    Kind::edit("type-in-wire-group", type_alike),
    Kind::edit("type-scalar-to-message", type_to_message),
    Kind::edit("type-message-to-scalar", type_from_named),
    Kind::edit("type-message-to-other", type_other),
    Kind::edit("field-to-repeated", to_repeated),
    Kind::edit("field-to-singular", to_singular),
    Kind::edit("field-to-optional", to_optional),
    Kind::edit("field-to-implicit", to_implicit),
    Kind::edit("json-name-set", json_name),
    Kind::edit("jstype-set", jstype),
    Kind::edit("field-deprecated", |o, r, e| {
        option(o, r, e, "deprecated = true")
    })
    .silent(),
    Kind::edit("packed-off", packed_off).silent(),
    Kind::edit("map-key", map_key),
    Kind::edit("map-value", map_value),
    Kind::edit("map-to-repeated-entry", map_to_repeated),
    Kind::edit("field-over-lines", over_lines).silent(),
    Kind::edit("field-renamed-over-lines", rename_over_lines),
    Kind::edit("field-into-new-oneof", into_new_oneof),
    Kind::edit("two-fields-into-new-oneof", two_into_new_oneof),
    Kind::edit("field-into-oneof", into_oneof),
    Kind::edit("field-out-of-oneof", out_of_oneof),
    Kind::edit("oneof-renamed", rename_oneof),
    Kind::edit("oneof-dissolved", dissolve_oneof),
    Kind::edit("oneof-deleted", delete_oneof),
    Kind::new(
        "required-now",
        Dialect::Proto2,
        Step::Edit(|o, r, e| relabel(o, r, e, "required")),
    ),
    Kind::new(
        "repeated-now-proto2",
        Dialect::Proto2,
        Step::Edit(|o, r, e| relabel(o, r, e, "repeated")),
    ),
    Kind::new(
        "presence-explicit",
        Dialect::Edition,
        Step::Edit(|o, r, e| feature(o, r, e, "features.field_presence = EXPLICIT")),
    ),
    Kind::new(
        "legacy-required-now",
        Dialect::Edition,
        Step::Edit(|o, r, e| feature(o, r, e, "features.field_presence = LEGACY_REQUIRED")),
    ),
    Kind::new("delimited-now", Dialect::Edition, Step::Edit(delimited)),
    Kind::new("utf8-none-now", Dialect::Edition, Step::Edit(utf8_none)),
];

/// A field that can go: a oneof must not become empty.
fn removable<'a>(o: &'a Outline, rng: &mut Rng) -> Option<&'a Field> {
    let stays = |field: &&Field| {
        let members = o.fields.iter().filter(|other| other.oneof == field.oneof);
        field.oneof.is_none() || members.count() > 1
    };
    rng.pick_from(o.fields.iter().filter(stays))
}

fn delete(o: &Outline, rng: &mut Rng, e: &mut Edits, number: bool, name: bool) -> Option<()> {
    let field = removable(o, rng)?;
    e.remove(&field.whole);
    let body = o.messages[field.message].block.body.start;
    if number {
        e.insert(body, &format!("\n  reserved {};", o.at(&field.number)));
    }
    if name {
        e.insert(body, &format!("\n  reserved \"{}\";", o.at(&field.name)));
    }
    Some(())
}

fn delete_all(o: &Outline, rng: &mut Rng, e: &mut Edits) -> Option<()> {
    let message = rng.pick_from((0..o.messages.len()).filter(|one| {
        o.fields_of(*one).next().is_some() && o.fields_of(*one).all(|field| field.oneof.is_none())
    }))?;
    for field in o.fields_of(message) {
        e.remove(&field.whole);
    }
    Some(())
}

fn new_name(o: &Outline, field: &Field) -> String {
    format!("{}_other", o.at(&field.name))
}

fn rename(o: &Outline, rng: &mut Rng, e: &mut Edits) -> Option<()> {
    let field = rng.pick(&o.fields)?;
    e.replace(&field.name, &new_name(o, field));
    Some(())
}

fn rename_over_lines(o: &Outline, rng: &mut Rng, e: &mut Edits) -> Option<()> {
    let field = rng.pick(&o.fields)?;
    e.replace(
        &field.name,
        &format!("\n      {}\n      ", new_name(o, field)),
    );
    Some(())
}

/// The name that a field has in JSON.
fn camel(name: &str) -> String {
    let mut out = String::new();
    let mut upper = false;
    for letter in name.chars() {
        match letter {
            '_' => upper = true,
            _ if upper => {
                out.push(letter.to_ascii_uppercase());
                upper = false;
            }
            _ => out.push(letter),
        }
    }
    out
}

fn rename_pinned(o: &Outline, rng: &mut Rng, e: &mut Edits) -> Option<()> {
    let field = rng.pick(&o.fields)?;
    e.replace(&field.name, &new_name(o, field));
    let pinned = format!("json_name = \"{}\"", camel(o.at(&field.name)));
    add_option(o, field, &pinned, e);
    Some(())
}

fn renumber(o: &Outline, rng: &mut Rng, e: &mut Edits) -> Option<()> {
    let field = rng.pick(&o.fields)?;
    e.replace(&field.number, &o.free_number(field.message).to_string());
    Some(())
}

fn swap(
    o: &Outline,
    rng: &mut Rng,
    e: &mut Edits,
    what: fn(&Field) -> super::outline::Place,
) -> Option<()> {
    let one = rng.pick(&o.fields)?;
    let others = o
        .fields_of(one.message)
        .filter(|field| field.whole != one.whole);
    let other = rng.pick_from(others)?;
    e.exchange(o, &what(one), &what(other));
    Some(())
}

fn add(o: &Outline, rng: &mut Rng, e: &mut Edits) -> Option<()> {
    let message = rng.pick_from(0..o.messages.len())?;
    let number = o.free_number(message);
    let field = format!("\n  repeated string zz_added = {number};\n");
    e.insert(o.messages[message].block.body.end, &field);
    Some(())
}

fn is_scalar(o: &Outline, field: &Field) -> bool {
    SCALARS.contains(&o.at(&field.ty))
}

fn type_any(o: &Outline, rng: &mut Rng, e: &mut Edits) -> Option<()> {
    let field = rng.pick_from(o.fields.iter().filter(|field| is_scalar(o, field)))?;
    let others = SCALARS.iter().filter(|ty| **ty != o.at(&field.ty));
    e.replace(&field.ty, rng.pick_from(others)?);
    Some(())
}

fn type_alike(o: &Outline, rng: &mut Rng, e: &mut Edits) -> Option<()> {
    let field = rng.pick_from(o.fields.iter().filter(|field| is_scalar(o, field)))?;
    let ty = o.at(&field.ty);
    let group = WIRE_GROUPS.iter().find(|group| group.contains(&ty))?;
    e.replace(
        &field.ty,
        rng.pick_from(group.iter().filter(|other| **other != ty))?,
    );
    Some(())
}

/// The name of a message of the file that stands at the top.
fn top_message<'a>(o: &'a Outline, rng: &mut Rng, but: &str) -> Option<&'a str> {
    let tops = o.messages.iter().filter(|one| one.block.parent.is_none());
    let names = tops
        .map(|one| o.at(&one.block.name))
        .filter(|name| *name != but);
    rng.pick_from(names)
}

fn type_to_message(o: &Outline, rng: &mut Rng, e: &mut Edits) -> Option<()> {
    let field = rng.pick_from(o.fields.iter().filter(|field| is_scalar(o, field)))?;
    e.replace(&field.ty, top_message(o, rng, "")?);
    Some(())
}

fn named<'a>(o: &'a Outline, rng: &mut Rng) -> Option<&'a Field> {
    let named = o
        .fields
        .iter()
        .filter(|field| field.map.is_none() && !is_scalar(o, field));
    rng.pick_from(named)
}

fn type_from_named(o: &Outline, rng: &mut Rng, e: &mut Edits) -> Option<()> {
    let field = named(o, rng)?;
    e.replace(&field.ty, rng.pick(&["string", "bytes", "int32", "bool"])?);
    Some(())
}

fn type_other(o: &Outline, rng: &mut Rng, e: &mut Edits) -> Option<()> {
    let field = named(o, rng)?;
    e.replace(&field.ty, top_message(o, rng, o.at(&field.ty))?);
    Some(())
}

/// A field without a label, outside of oneofs, that is no map.
fn bare<'a>(o: &'a Outline, rng: &mut Rng) -> Option<&'a Field> {
    let bare =
        |field: &&Field| field.label.is_none() && field.oneof.is_none() && field.map.is_none();
    rng.pick_from(o.fields.iter().filter(bare))
}

fn labelled<'a>(o: &'a Outline, rng: &mut Rng, label: &str) -> Option<&'a Field> {
    let has = |field: &&Field| {
        field
            .label
            .as_ref()
            .is_some_and(|place| o.at(place) == label)
    };
    rng.pick_from(o.fields.iter().filter(has))
}

fn to_repeated(o: &Outline, rng: &mut Rng, e: &mut Edits) -> Option<()> {
    e.insert(bare(o, rng)?.whole.start, "repeated ");
    Some(())
}

fn to_singular(o: &Outline, rng: &mut Rng, e: &mut Edits) -> Option<()> {
    e.remove(labelled(o, rng, "repeated")?.label.as_ref()?);
    Some(())
}

fn to_optional(o: &Outline, rng: &mut Rng, e: &mut Edits) -> Option<()> {
    e.insert(bare(o, rng)?.whole.start, "optional ");
    Some(())
}

fn to_implicit(o: &Outline, rng: &mut Rng, e: &mut Edits) -> Option<()> {
    e.remove(labelled(o, rng, "optional")?.label.as_ref()?);
    Some(())
}

fn relabel(o: &Outline, rng: &mut Rng, e: &mut Edits, label: &str) -> Option<()> {
    e.replace(labelled(o, rng, "optional")?.label.as_ref()?, label);
    Some(())
}

fn option(o: &Outline, rng: &mut Rng, e: &mut Edits, option: &str) -> Option<()> {
    let plain = |field: &&Field| field.options.is_none();
    let field = rng.pick_from(o.fields.iter().filter(plain))?;
    add_option(o, field, option, e);
    Some(())
}

fn json_name(o: &Outline, rng: &mut Rng, e: &mut Edits) -> Option<()> {
    let field = rng.pick(&o.fields)?;
    let name = rng.pick(&["zzOther", "zz_other", "zz-other"])?;
    add_option(o, field, &format!("json_name = \"{name}\""), e);
    Some(())
}

fn jstype(o: &Outline, rng: &mut Rng, e: &mut Edits) -> Option<()> {
    let wide = o
        .fields
        .iter()
        .filter(|field| o.at(&field.ty).ends_with("64"));
    let field = rng.pick_from(wide)?;
    let ty = rng.pick(&["JS_STRING", "JS_NUMBER"])?;
    add_option(o, field, &format!("jstype = {ty}"), e);
    Some(())
}

fn packed_off(o: &Outline, rng: &mut Rng, e: &mut Edits) -> Option<()> {
    let numbers = &SCALARS[..13];
    let packed = o.fields.iter().filter(|field| {
        field
            .label
            .as_ref()
            .is_some_and(|label| o.at(label) == "repeated")
            && numbers.contains(&o.at(&field.ty))
    });
    add_option(o, rng.pick_from(packed)?, "packed = false", e);
    Some(())
}

fn map_key(o: &Outline, rng: &mut Rng, e: &mut Edits) -> Option<()> {
    let (key, _) = rng.pick_from(o.fields.iter().filter_map(|field| field.map.as_ref()))?;
    e.replace(key, rng.pick(&KEYS)?);
    Some(())
}

fn map_value(o: &Outline, rng: &mut Rng, e: &mut Edits) -> Option<()> {
    let (_, value) = rng.pick_from(o.fields.iter().filter_map(|field| field.map.as_ref()))?;
    e.replace(value, rng.pick(&SCALARS)?);
    Some(())
}

fn map_to_repeated(o: &Outline, rng: &mut Rng, e: &mut Edits) -> Option<()> {
    let field = rng.pick_from(o.fields.iter().filter(|field| field.map.is_some()))?;
    let (key, value) = field.map.as_ref()?;
    let name = camel(&format!("_{}", o.at(&field.name)));
    let entry = format!(
        "message {name}Entry {{\n    {} key = 1;\n    {} value = 2;\n  }}\n  ",
        o.at(key),
        o.at(value)
    );
    e.insert(field.whole.start, &entry);
    e.replace(&field.ty, &format!("repeated {name}Entry"));
    Some(())
}

fn over_lines(o: &Outline, rng: &mut Rng, e: &mut Edits) -> Option<()> {
    let field = rng.pick(&o.fields)?;
    e.insert(field.name.start, "\n      ");
    e.insert(field.number.start, "\n      ");
    Some(())
}

fn into_new_oneof(o: &Outline, rng: &mut Rng, e: &mut Edits) -> Option<()> {
    let field = bare(o, rng)?;
    e.insert(field.whole.start, "oneof zz_new {\n    ");
    e.insert(field.whole.end, "\n  }");
    Some(())
}

fn two_into_new_oneof(o: &Outline, rng: &mut Rng, e: &mut Edits) -> Option<()> {
    let one = bare(o, rng)?;
    let others = o.fields_of(one.message).filter(|field| {
        field.whole != one.whole
            && field.label.is_none()
            && field.oneof.is_none()
            && field.map.is_none()
    });
    let other = rng.pick_from(others)?;
    let both = format!(
        "oneof zz_new {{\n    {}\n    {}\n  }}",
        o.at(&one.whole),
        o.at(&other.whole)
    );
    e.replace(&one.whole, &both);
    e.remove(&other.whole);
    Some(())
}

fn into_oneof(o: &Outline, rng: &mut Rng, e: &mut Edits) -> Option<()> {
    let oneof = rng.pick(&o.oneofs)?;
    let fits =
        |field: &&Field| field.label.is_none() && field.oneof.is_none() && field.map.is_none();
    let field = rng.pick_from(o.fields_of(oneof.parent?).filter(fits))?;
    e.insert(oneof.body.end, &format!("  {}\n  ", o.at(&field.whole)));
    e.remove(&field.whole);
    Some(())
}

fn out_of_oneof(o: &Outline, rng: &mut Rng, e: &mut Edits) -> Option<()> {
    let crowded = |field: &&Field| {
        let members = o.fields.iter().filter(|other| other.oneof == field.oneof);
        field.oneof.is_some() && members.count() > 1
    };
    let field = rng.pick_from(o.fields.iter().filter(crowded))?;
    let oneof = &o.oneofs[field.oneof?];
    e.remove(&field.whole);
    e.insert(oneof.whole.end, &format!("\n  {}", o.at(&field.whole)));
    Some(())
}

fn rename_oneof(o: &Outline, rng: &mut Rng, e: &mut Edits) -> Option<()> {
    e.replace(&rng.pick(&o.oneofs)?.name, "zz_renamed");
    Some(())
}

fn dissolve_oneof(o: &Outline, rng: &mut Rng, e: &mut Edits) -> Option<()> {
    let oneof = rng.pick(&o.oneofs)?;
    e.remove(&(oneof.whole.start..oneof.body.start));
    e.remove(&(oneof.body.end..oneof.whole.end));
    Some(())
}

fn delete_oneof(o: &Outline, rng: &mut Rng, e: &mut Edits) -> Option<()> {
    e.remove(&rng.pick(&o.oneofs)?.whole);
    Some(())
}

fn feature(o: &Outline, rng: &mut Rng, e: &mut Edits, feature: &str) -> Option<()> {
    let field = bare(o, rng)?;
    add_option(o, field, feature, e);
    Some(())
}

fn delimited(o: &Outline, rng: &mut Rng, e: &mut Edits) -> Option<()> {
    let message = |field: &&Field| {
        let ty = o.at(&field.ty);
        o.messages.iter().any(|one| o.at(&one.block.name) == ty)
    };
    let field = rng.pick_from(o.fields.iter().filter(message))?;
    add_option(o, field, "features.message_encoding = DELIMITED", e);
    Some(())
}

fn utf8_none(o: &Outline, rng: &mut Rng, e: &mut Edits) -> Option<()> {
    let field = rng.pick_from(o.fields.iter().filter(|field| o.at(&field.ty) == "string"))?;
    add_option(o, field, "features.utf8_validation = NONE", e);
    Some(())
}
