//! Names that follow from other names.

use super::features::{DEFAULT_SYMBOL_VISIBILITY, EXPORT_ALL, EXPORT_TOP_LEVEL, Features};

/// The JSON name of a field that declares none: `foo_bar` is `fooBar`.
pub(super) fn json(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut is_next_large = false;
    for char in name.chars() {
        match char {
            '_' => is_next_large = true,
            char => {
                out.push(match is_next_large {
                    true => char.to_ascii_uppercase(),
                    false => char,
                });
                is_next_large = false;
            }
        }
    }
    out
}

/// The name of the message that an entry of a map is: of `foo_bar` it is `FooBarEntry`.
pub(super) fn map_entry(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 5);
    let mut is_next_large = true;
    for char in name.chars() {
        match char {
            '_' => is_next_large = true,
            char => {
                out.push(match is_next_large {
                    true => char.to_ascii_uppercase(),
                    false => char,
                });
                is_next_large = false;
            }
        }
    }
    out.push_str("Entry");
    out
}

/// The name of a value of an enum as languages without prefixes have it: in `FooBar` the value
/// `FOO_BAR_BIG_ONE` is `BigOne`. Two values that meet here cannot be told apart there.
pub(super) fn enum_value(of: &str, value: &str) -> String {
    let prefix: String = of
        .chars()
        .filter(|char| *char != '_')
        .map(|char| char.to_ascii_lowercase())
        .collect();
    let mut rest = value;
    let mut left = prefix.as_str();
    // Underscores of the value do not count while its prefix is looked for.
    while let Some(char) = rest.chars().next() {
        if char == '_' {
            rest = &rest[1..];
            continue;
        }
        let Some(wanted) = left.chars().next() else {
            break;
        };
        if char.to_ascii_lowercase() != wanted {
            break;
        }
        rest = &rest[char.len_utf8()..];
        left = &left[wanted.len_utf8()..];
    }
    if !left.is_empty() || rest.is_empty() {
        rest = value;
    }
    let mut out = String::with_capacity(rest.len());
    let mut is_next_large = true;
    for char in rest.chars() {
        match char {
            '_' => is_next_large = true,
            char => {
                out.push(match is_next_large {
                    true => char.to_ascii_uppercase(),
                    false => char.to_ascii_lowercase(),
                });
                is_next_large = false;
            }
        }
    }
    out
}

/// Whether other files see a type that says nothing about it.
pub(super) fn is_exported_by_default(of_file: Features, is_top: bool) -> bool {
    match of_file.get(DEFAULT_SYMBOL_VISIBILITY) {
        EXPORT_ALL => true,
        EXPORT_TOP_LEVEL => is_top,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{enum_value, json, map_entry};

    #[test]
    fn names_follow_from_names() {
        let cases = [
            ("foo_bar", "fooBar", "FooBarEntry"),
            ("_foo", "Foo", "FooEntry"),
            ("foo__bar_", "fooBar", "FooBarEntry"),
            ("Foo1_2x", "Foo12x", "Foo12xEntry"),
            ("a", "a", "AEntry"),
        ];
        for (name, as_json, as_entry) in cases {
            assert_eq!(json(name), as_json);
            assert_eq!(map_entry(name), as_entry);
        }
        let cases = [
            ("FooBar", "FOO_BAR_BIG_ONE", "BigOne"),
            ("FooBar", "FOO_BAR", "FooBar"),
            ("FooBar", "FOO_BAZ", "FooBaz"),
            ("Foo_Bar", "FOOBAR_X", "X"),
        ];
        for (of, value, expected) in cases {
            assert_eq!(enum_value(of, value), expected, "{of} {value}");
        }
    }
}
