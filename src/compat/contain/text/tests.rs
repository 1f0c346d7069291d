use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::json;

use super::{Language, Texts, formats, has_format};
use crate::compat::contain::pick::{Pick, Rest};

/// Enough for every conjunction here.
const STEPS: u64 = 2_000_000;

fn language(pattern: &str) -> Arc<Language> {
    match Language::parse(pattern) {
        Ok(language) => Arc::new(language),
        Err(why) => panic!("`{pattern}`: {why}"),
    }
}

#[test]
fn patterns_are_read_as_ecma_has_them() {
    // A pattern, texts in which it is found, and texts in which it is not.
    let rows: &[(&str, &[&str], &[&str])] = &[
        ("", &["", "a", "\n"], &[]),
        ("a", &["a", "bab", "\na"], &["", "b"]),
        ("^a$", &["a"], &["a\n", "\na", "ba", ""]),
        ("^a|b$", &["ax", "xb", "ab"], &["xa", "bx", ""]),
        ("^(a|b)$", &["a", "b"], &["ab", ""]),
        (
            "^.$",
            &["a", "\u{85}", "😀", "\u{b}"],
            &["\n", "\r", "\u{2028}", "\u{2029}", ""],
        ),
        ("^[^]$", &["\n", "a"], &["", "ab"]),
        ("[]", &[], &["", "a"]),
        ("^\\d+$", &["09"], &["٣", "a", ""]),
        ("^\\w$", &["a", "_", "Z", "0"], &["é", "-", ""]),
        ("^\\W$", &["é", "-"], &["a"]),
        (
            "^\\s$",
            &[
                "\t", "\u{b}", "\u{feff}", "\u{a0}", "\u{2028}", "\u{3000}", " ",
            ],
            &["\u{180e}", "\u{85}", "a"],
        ),
        ("^\\S$", &["\u{85}", "a"], &[" ", "\u{feff}"]),
        ("^\\/\\-\\@\\#$", &["/-@#"], &["\\/"]),
        ("^\\cJ\\t\\x41\\u0042\\u{43}\\0$", &["\n\tABC\0"], &[]),
        ("^\\ud83d\\ude00$", &["😀"], &[]),
        ("^[😀-😂]$", &["😁"], &["😃"]),
        ("^(?<year>\\d{4})-(?:a)$", &["2020-a"], &["20-a"]),
        ("^a+?b*?c??$", &["a", "aabbc"], &["b"]),
        ("^a{2}$", &["aa"], &["a", "aaa"]),
        ("^a{2,}$", &["aa", "aaaa"], &["a"]),
        ("^a{0,2}$", &["", "aa"], &["aaa"]),
        ("^x{,2}$", &["x{,2}"], &["xx"]),
        ("^{a}]$", &["{a}]"], &[]),
        ("^[\\w-.]+$", &["a-.b"], &["/"]),
        ("^[a-]$", &["a", "-"], &["b"]),
        ("^[\\b]$", &["\u{8}"], &["b"]),
        ("^[\\]\\\\^-]+$", &["]\\^-"], &["a"]),
        ("^[[&&a]$", &["[", "&", "a"], &["b"]),
        (
            "\\bfoo\\b",
            &["foo", "a foo b", "-foo-"],
            &["foob", "afoo", "foo1"],
        ),
        ("^a\\Bb", &["ab"], &["a b"]),
        ("\\b", &["a", " a"], &["", " -"]),
        ("\\B", &["", "--", "ab"], &["a"]),
        (
            "^(?=.*[A-Z])(?=.*\\d).{3,5}$",
            &["aA1", "1bbbZ"],
            &["abc", "A1", "Abcde1"],
        ),
        ("^(?!foo).*$", &["", "fo", "bar"], &["foo", "foobar"]),
        ("^(?!.*--)[a-z-]+$", &["a-b"], &["a--b", ""]),
        ("a(?=b)", &["ab", "aab"], &["a", "ba"]),
        ("a(?!b)", &["a", "aba"], &["ab"]),
        ("^(?:(?!x)[a-z]){2}$", &["ab"], &["ax", "xa"]),
        ("(?<=a)b", &["ab", "xab"], &["b", "bb"]),
        ("(?<!a)b", &["b", "bb", "cb"], &["ab", "aab"]),
        ("^.*(?<!-)$", &["", "a", "-a"], &["-", "a-"]),
        ("^\\p{L}+$", &["äß", "a"], &["1", ""]),
        ("^\\p{Script=Greek}$", &["α"], &["a"]),
        ("^\\P{Lu}$", &["a"], &["A"]),
        ("$^", &[""], &["a"]),
        ("a^", &[], &["a", ""]),
        ("(^|,)a(,|$)", &["a", "b,a", "a,b"], &["ba", "ab"]),
        ("^[\\s\\S]{0,3}$", &["", "a\nb"], &["abcd"]),
    ];
    for (pattern, found, missed) in rows {
        let language = language(pattern);
        for text in *found {
            assert!(language.is_match(text), "`{pattern}` in {text:?}");
        }
        for text in *missed {
            assert!(!language.is_match(text), "`{pattern}` not in {text:?}");
        }
    }
}

#[test]
fn what_is_no_language_says_why() {
    let back = "the pattern refers back to a group";
    let not = "the pattern is none of ECMA-262";
    let half = "the pattern names half a character";
    let rows = [
        ("(a)\\1", back),
        ("(?<n>a)\\k<n>", back),
        ("[\\1]", back),
        ("(a", not),
        ("a)", not),
        ("[a", not),
        ("*a", not),
        ("a**", not),
        ("a{2}{3}", not),
        ("a{3,2}", not),
        ("{2}", not),
        ("^*", not),
        ("(?=a)*", not),
        ("\\Aa\\z", not),
        ("\\i", not),
        ("(?i)a", not),
        ("(?P<n>a)", not),
        ("[b-a]", not),
        ("\\", not),
        ("\\x4", not),
        ("\\u{110000}", not),
        ("\\p{Nope}", not),
        ("\\pL", not),
        ("\\c1", not),
        ("\\ud83d", half),
        ("[\\ud800-\\udbff][\\udc00-\\udfff]", half),
        ("\\u{d800}", half),
        ("(\\ba|b)*", "the pattern repeats an assertion"),
        ("a(?=b)(?<=a)", "the pattern looks behind"),
    ];
    for (pattern, why) in rows {
        assert_eq!(Language::parse(pattern).err(), Some(why), "`{pattern}`");
    }
}

// === Against an independent validator ===

/// A small generator, so that a failure can be repeated from the seed it prints.
struct Chance(u64);

impl Chance {
    fn new(seed: u64) -> Self {
        Chance(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).expect("31 bits") % end
    }

    fn of<'a, T: ?Sized>(&mut self, options: &[&'a T]) -> &'a T {
        options[self.below(options.len())]
    }
}

fn random_pattern(chance: &mut Chance, depth: usize) -> String {
    let mut text = String::new();
    for at in 0..=chance.below(3) {
        if at > 0 && chance.below(6) == 0 {
            text.push('|');
        }
        match chance.below(if depth == 0 { 8 } else { 12 }) {
            0..6 => {
                text += chance.of(&[
                    "a", "b", "1", "-", ".", "[ab]", "[^a]", "\\d", "\\w", "\\s", "\\S",
                ]);
            }
            6 => text += chance.of(&["^", "$", "\\b", "\\B"]),
            7 => text += chance.of(&["^", "a", "ab", "$"]),
            8..11 => text += &format!("(?:{})", random_pattern(chance, depth - 1)),
            _ => {
                let look = chance.of(&["(?=", "(?!"]);
                text += &format!("{look}{})", random_pattern(chance, depth - 1));
                continue;
            }
        }
        let is_assertion = ["^", "$", "\\b", "\\B"]
            .iter()
            .any(|end| text.ends_with(end));
        if !is_assertion || text.ends_with("\\\\b") {
            text += chance.of(&["", "", "", "?", "*", "+", "{2}", "{1,2}", "{0,3}", "*?"]);
        }
    }
    text
}

/// Every text of up to four characters of a small alphabet.
fn short_texts() -> Vec<String> {
    let mut all = vec![String::new()];
    let mut from = 0;
    for _ in 0..4 {
        let to = all.len();
        for at in from..to {
            for char in ['a', 'b', '1', '-', '\n'] {
                let longer = format!("{}{char}", all[at]);
                all.push(longer);
            }
        }
        from = to;
    }
    all
}

fn validator(pattern: &str) -> Option<jsonschema::Validator> {
    jsonschema::validator_for(&json!({ "pattern": pattern })).ok()
}

#[test]
fn patterns_agree_with_an_independent_matcher() {
    let texts = short_texts();
    let (mut decided, mut refused) = (0, 0);
    for seed in 1..=400 {
        let pattern = random_pattern(&mut Chance::new(seed), 2);
        let Ok(language) = Language::parse(&pattern) else {
            refused += 1;
            continue;
        };
        let Some(validator) = validator(&pattern) else {
            continue;
        };
        decided += 1;
        for text in &texts {
            assert_eq!(
                language.is_match(text),
                validator.is_valid(&json!(text)),
                "seed {seed}: `{pattern}` in {text:?}"
            );
        }
    }
    assert!(
        decided > 250 && refused < 100,
        "{decided} decided, {refused} refused"
    );
}

#[test]
fn conjunctions_agree_with_trying_every_text() {
    let texts = short_texts();
    let (mut found, mut empty) = (0, 0);
    for seed in 1..=300 {
        let mut chance = Chance::new(seed);
        let mut conjunction = Texts::all();
        let mut said = String::new();
        let mut tests = Vec::new();
        for _ in 0..=chance.below(3) {
            let pattern = random_pattern(&mut chance, 1);
            let is_positive = chance.below(2) == 0;
            let (Ok(language), Some(validator)) = (Language::parse(&pattern), validator(&pattern))
            else {
                continue;
            };
            conjunction.pattern(&Arc::new(language), is_positive);
            said += &format!("{is_positive} `{pattern}` ");
            tests.push((validator, is_positive));
        }
        let min = chance.below(3);
        let max = min + chance.below(3);
        conjunction.min_length(min as u64);
        conjunction.max_length(max as u64);
        let left_out: Vec<&str> = (0..chance.below(20))
            .map(|_| &*texts[chance.below(texts.len())])
            .collect();
        conjunction.without(left_out.iter().copied());
        said += &format!("{min}..={max} without {left_out:?}");
        let is_one = |text: &str| {
            let length = text.chars().count();
            let value = json!(text);
            (min..=max).contains(&length)
                && !left_out.contains(&text)
                && tests
                    .iter()
                    .all(|(validator, is)| validator.is_valid(&value) == *is)
        };
        // Beside something that looks around, the validator reads `.`, `\s`, `\w` and `\b` as its
        // engine does and not as ECMA-262; they differ on these texts only.
        let is_read_alike = |text: &str| text.is_ascii() && !text.contains('\r');
        let expected: Vec<&String> = texts.iter().filter(|text| is_one(text)).collect();
        match conjunction.pick(&mut STEPS.clone()) {
            Pick::Some(text) => {
                assert!(
                    is_one(&text) || !is_read_alike(&text),
                    "seed {seed}: {said}: {text:?}"
                );
                assert_eq!(
                    conjunction.holds(&text),
                    Ok(true),
                    "seed {seed}: {said}: {text:?}"
                );
                found += 1;
            }
            Pick::Empty => {
                assert_eq!(expected, Vec::<&String>::new(), "seed {seed}: {said}");
                empty += 1;
            }
            Pick::Unknown(why) => panic!("seed {seed}: {said}: {why}"),
        }
        let several = conjunction.picks(30, &mut STEPS.clone());
        let different: BTreeSet<&String> = several.found.iter().collect();
        assert_eq!(different.len(), several.found.len(), "seed {seed}: {said}");
        let wrong: Vec<&String> = several
            .found
            .iter()
            .filter(|text| is_read_alike(text) && !is_one(text))
            .collect();
        assert_eq!(wrong, Vec::<&String>::new(), "seed {seed}: {said}");
        match several.rest {
            Rest::Empty => assert!(
                expected.iter().all(|text| different.contains(text)),
                "seed {seed}: {said}: {several:?}"
            ),
            Rest::Unasked => assert_eq!(several.found.len(), 30, "seed {seed}: {said}"),
            Rest::Unknown(why) => panic!("seed {seed}: {said}: {why}"),
        }
    }
    assert!(found > 80 && empty > 40, "{found} found, {empty} empty");
}

#[test]
fn formats_agree_with_an_independent_validator() {
    for name in formats::names().filter(|name| *name != "byte" && !name.starts_with("idn-")) {
        let schema = json!({ "format": name });
        let validator = jsonschema::options()
            .should_validate_formats(true)
            .build(&schema)
            .expect("is a schema");
        let mut texts = Texts::all();
        texts.format(name, true);
        let picks = texts.picks(60, &mut STEPS.clone());
        assert_eq!(picks.rest, Rest::Unasked, "{name}");
        let mut chance = Chance::new(7);
        let mut others = vec![String::new(), "a".into(), " ".into(), "\n".into()];
        for seed in KNOWN
            .iter()
            .copied()
            .chain(picks.found.iter().map(|text| &**text))
        {
            let mut chars: Vec<char> = seed.chars().collect();
            others.push(seed.into());
            for _ in 0..40 {
                let at = chance.below(chars.len() + 1);
                let char = chance.of(&[
                    "0", "1", "2", "3", "5", "6", "9", "a", "f", "g", "Z", "T", "P", "M", "-", ":",
                    ".", "/", "@", "%", "~", "#", "+", "[", "]", "{", "}", "\n", "é", " ", "\\",
                    "*", "(",
                ]);
                match chance.below(3) {
                    0 => chars.insert(at, char.chars().next().expect("is one")),
                    1 if at < chars.len() => chars[at] = char.chars().next().expect("is one"),
                    _ if at < chars.len() => {
                        chars.remove(at);
                    }
                    _ => {}
                }
                others.push(chars.iter().collect());
                if chance.below(4) == 0 {
                    chars = seed.chars().collect();
                }
            }
        }
        for text in &picks.found {
            assert!(
                validator.is_valid(&json!(text)),
                "{name}: {text:?} is refused"
            );
            assert_eq!(has_format(name, text), Ok(true), "{name}: {text:?}");
        }
        for text in &others {
            if let Ok(has) = has_format(name, text) {
                assert_eq!(validator.is_valid(&json!(text)), has, "{name}: {text:?}");
            }
        }
    }
}

/// Texts of formats that changes start from.
const KNOWN: &[&str] = &[
    "2024-02-29",
    "2023-02-29",
    "1900-02-29",
    "2000-02-29",
    "2024-12-31T23:59:60Z",
    "2024-06-30T23:59:59.123+01:30",
    "23:59:60Z",
    "12:00:00+24:00",
    "P1Y2M3DT4H5M6S",
    "P4W",
    "PT36H",
    "P1Y1D",
    "192.168.000.1",
    "255.255.255.255",
    "1:2:3:4:5:6:7::",
    "::ffff:192.0.2.1",
    "1::3:4:5:6:7:8",
    "fe80::1%eth0",
    "example.com",
    "xn--mnchen-3ya.de",
    "a--b.example",
    "example.com.",
    "joe.bloggs@example.com",
    "\"joe bloggs\"@example.com",
    "joe@[127.0.0.1]",
    "https://user@example.com:8080/a/b;c?d=e#f",
    "http://[::1]/",
    "urn:uuid:6e8bc430-9c3a-11d9-9669-0800200c9a66",
    "//example.com/a",
    "../a%20b",
    "a:b",
    "mailto:",
    "/a~0b/~1/0",
    "0#",
    "1/a",
    "http://example.com/{id}{?a,b*}{/c:3}",
    "6e8bc430-9c3a-11d9-9669-0800200c9a66",
    "^[a-z]+$",
    "(a|b)*\\d",
];

#[test]
fn calendars_and_clocks_are_exact() {
    let rows = [
        ("date", "2024-02-29", Some(true)),
        ("date", "2023-02-29", Some(false)),
        ("date", "1900-02-29", Some(false)),
        ("date", "2000-02-29", Some(true)),
        ("date", "0000-02-29", Some(true)),
        ("date", "2024-04-31", Some(false)),
        ("date", "2024-4-1", Some(false)),
        ("time", "23:59:59Z", Some(true)),
        ("time", "23:59:60Z", None),
        ("time", "24:00:00Z", Some(false)),
        ("time", "12:00:00", Some(false)),
        ("date-time", "2024-02-29T12:00:00z", Some(true)),
        ("date-time", "2024-02-30T12:00:00Z", Some(false)),
        ("date-time", "2024-02-29 12:00:00Z", Some(false)),
        ("hostname", "a_b", Some(false)),
        ("hostname", "-a", Some(false)),
        ("email", "a@example.com", Some(true)),
        ("email", "\"a b\"@example.com", None),
        ("email", "a", Some(false)),
        ("byte", "YQ==", Some(true)),
        ("byte", "YQ", None),
        ("byte", "!", Some(false)),
        ("password", "", Some(true)),
        ("color", "red", None),
    ];
    for (name, text, expected) in rows {
        assert_eq!(has_format(name, text).ok(), expected, "{name}: {text}");
    }
}

// === Conjunctions ===

/// Reads words such as `+^a$ -^b$ 1..5 +%date -%uuid !a`: patterns and formats that hold or do not,
/// lengths, texts that are left out.
fn texts(said: &str) -> Texts {
    let mut texts = Texts::all();
    for word in said.split(' ').filter(|word| !word.is_empty()) {
        if let Some(rest) = word.strip_prefix('!') {
            texts.without([rest]);
        } else if let Some((min, max)) = word.split_once("..") {
            if let Ok(min) = min.parse() {
                texts.min_length(min);
            }
            if let Ok(max) = max.parse() {
                texts.max_length(max);
            }
        } else {
            let is_positive = word.starts_with('+');
            match word[1..].strip_prefix('%') {
                Some(name) => texts.format(name, is_positive),
                None => texts.pattern(&language(&word[1..]), is_positive),
            }
        }
    }
    texts
}

fn shown(pick: Pick<String>) -> String {
    match pick {
        Pick::Some(text) if text.len() > 100 => format!("{} characters", text.chars().count()),
        Pick::Some(text) => text,
        Pick::Empty => "(empty)".into(),
        Pick::Unknown(_) => "(unknown)".into(),
    }
}

#[test]
fn witnesses_are_short_and_readable() {
    let rows = [
        ("", ""),
        ("1..", "a"),
        ("!", "a"),
        ("! !a !b", "c"),
        ("+^[a-z]+$", "a"),
        ("+^[a-z]+$ 3..", "aaa"),
        ("+^[a-z]+$ 3.. !aaa", "aab"),
        ("+^[A-Z]{3}$ -^[A-M]{3}$", "AAN"),
        ("+^[A-Z]{3}$ 3..3 -^[A-Z]{3}$", "(empty)"),
        ("+^[A-Z]{3}$ -^[A-Z]+$", "(empty)"),
        ("3..3 +^[A-Z]+$ -^[A-Z]{3}$", "(empty)"),
        ("+^[A-Z]{3}$ 4..", "(empty)"),
        ("+^[A-Z]{3}$ ..2", "(empty)"),
        ("-^[^]*$", "(empty)"),
        ("5..4", "(empty)"),
        ("+^(ab)*$ 5..5", "(empty)"),
        ("+^(ab)*$ 5..", "ababab"),
        ("+^(a|b)$ !a !b", "(empty)"),
        ("+^(a|b)?$ !a !b", ""),
        ("+\\u0000|abc", "abc"),
        ("+^\\u0001$", "\u{1}"),
        ("+^[^a-zA-Z0-9]$", "-"),
        ("+^[^\\x00-\\x7f]$", "¡"),
        ("+^.$ -^[\\x00-\\uffff]$", "\u{10000}"),
        // `$` is the very end.
        ("-^a$ +^a\\n?$", "a\n"),
        ("+^[^]$ -^.$", "\n"),
        ("-\\s +^[\\u1680-\\u3000]$ 1..1 +^\\s", "(empty)"),
        ("+^(?=.*\\d)(?=.*[A-Z]).{8,}$", "aaaaaaA0"),
        ("+%uuid", "aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa"),
        ("+%date", "0000-01-01"),
        ("+%date -^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "(empty)"),
        ("+%date -^[0-9]{4}-[0-9]{2}-([0-2][0-9]|30)$", "0000-01-31"),
        (
            "+%date-time -^\\d{4}-\\d\\d-\\d\\dT.*$",
            "0000-01-01t00:00:00Z",
        ),
        (
            "+%date-time -^\\d{4}-\\d\\d-\\d\\d[Tt].*[Zz0-9]$",
            "(empty)",
        ),
        ("+%date-time +:60", "(unknown)"),
        ("+%ipv4 -%ipv4", "(empty)"),
        ("+%ipv4 -%hostname", "(empty)"),
        ("-%ipv4 +%hostname", "a"),
        ("+%ipv4 +%ipv6", "(empty)"),
        ("+%ipv4 +%date", "(empty)"),
        ("+%uri -%uri-reference", "(empty)"),
        ("-%uri +%uri-reference", ""),
        ("+%email", "a@a.aa"),
        ("+%hostname 254..", "(unknown)"),
        ("+%hostname 255..", "(empty)"),
        ("+%color", "(unknown)"),
        ("+%color -%color", "(empty)"),
        ("+%color +^a -^a", "(empty)"),
        ("-%password", "(empty)"),
        ("+%password", ""),
        ("+%byte 3..3", "(unknown)"),
        ("+%byte 1..", "aaa="),
        ("-%byte", "."),
        ("-%regex", "+"),
        // Bounds cost nothing in themselves.
        ("2000000..", "2000000 characters"),
        ("+^(abc)*$ 2000000..2000000", "(empty)"),
        ("+^(abc)*$ 2000000..", "2000001 characters"),
        (
            "+^(aa|aaa)*$ -^(aaa)*$ 1000000..1000001",
            "1000000 characters",
        ),
        (
            "+^(aa)*$ -^(aaa)*$ -^(aaaaa)*$ 30000000..30000003",
            "(unknown)",
        ),
        (
            "+^(aa)*$ -^(aaa)*$ -^(aaaaa)*$ 30000000..30000001",
            "(empty)",
        ),
        (
            "+^[a-z]{1,1000000}$ -^[a-z]{1,999999}$",
            "1000000 characters",
        ),
        ("+^[a-z]{1,999999}$ -^[a-z]{1,1000000}$", "(empty)"),
        ("+^[a-z]{1,1000000}$ -^[a-z0-9]{0,4000000000}$", "(empty)"),
        ("+^.{0,4096}$ 4097..", "(empty)"),
        ("+^.{0,4096}$ -^.{0,255}$", "256 characters"),
        ("50000000..", "(unknown)"),
    ];
    for (said, expected) in rows {
        let texts = texts(said);
        let pick = texts.pick(&mut STEPS.clone());
        if let Pick::Some(text) = &pick {
            assert_eq!(texts.holds(text), Ok(true), "{said}: {text:?}");
        }
        assert_eq!(shown(pick), expected, "{said}");
    }
}

#[test]
fn lists_are_looked_through() {
    let mut conjunction = texts("+^[a-c]$ !b");
    conjunction.only(["a", "b", "c", "d"]);
    let picks = conjunction.picks(5, &mut STEPS.clone());
    assert_eq!(
        (picks.found.join(" ").as_str(), picks.rest),
        ("a c", Rest::Empty)
    );
    conjunction.only(["c", "d"]);
    assert_eq!(conjunction.pick(&mut 0), Pick::Some("c".into()));
    conjunction.only(["d"]);
    assert_eq!(conjunction.pick(&mut 0), Pick::Empty);
    let mut loose = texts("+%email");
    loose.only(["\"a b\"@example.com", "a"]);
    assert!(matches!(loose.pick(&mut 0), Pick::Unknown(_)));
}

#[test]
fn what_cannot_be_computed_is_only_itself() {
    let mut conjunction = texts("+^a");
    conjunction.opaque("(a)\\1", "the pattern refers back to a group", true);
    assert_eq!(
        conjunction.pick(&mut STEPS.clone()),
        Pick::Unknown("the pattern refers back to a group")
    );
    assert_eq!(conjunction.holds("b"), Ok(false));
    assert_eq!(
        conjunction.holds("aa"),
        Err("the pattern refers back to a group")
    );
    conjunction.pattern(&language("^b"), true);
    assert_eq!(conjunction.pick(&mut STEPS.clone()), Pick::Empty);
    let mut both = Texts::all();
    both.opaque("(a)\\1", "x", true);
    both.opaque("(a)\\1", "x", false);
    assert_eq!(both.pick(&mut STEPS.clone()), Pick::Empty);
}

#[test]
fn many_are_found_and_left_out() {
    let mut conjunction = texts("+^[a-z]{1,3}$");
    let picks = conjunction.picks(18_279, &mut STEPS.clone());
    assert_eq!((picks.found.len(), picks.rest), (18_278, Rest::Empty));
    conjunction.without(picks.found[..18_277].iter().map(|text| &**text));
    assert_eq!(
        conjunction.pick(&mut STEPS.clone()),
        Pick::Some("zzz".into())
    );
    conjunction.without(["zzz"]);
    assert_eq!(conjunction.pick(&mut STEPS.clone()), Pick::Empty);
}

#[test]
fn what_would_take_for_ever_is_refused() {
    let long_chain = "a?".repeat(20_000);
    let long_chain_of_groups = "(a|b)?".repeat(10_000);
    let assertions = "\\ba".repeat(20_000);
    let deep = format!("{}a{}", "(".repeat(30_000), ")".repeat(30_000));
    let wide = format!(
        "^(?:{})$",
        (0..9_000)
            .map(|at| at.to_string())
            .collect::<Vec<_>>()
            .join("|")
    );
    let looks: String = (0..30)
        .map(|at| format!("(?=.*{}.{{{at}}}$)", at % 10))
        .collect();
    let rows = [
        "(a|a)*b",
        "(a*)*b",
        "(a+)+$",
        "^(([a-z])+.)+[A-Z]([a-z])+$",
        "(x+x+)+y",
        "^(a|b)*a(a|b){60}$",
        "a.{80}b.{80}c",
        "((a{1,100}){1,100}){1,100}",
        "^((a|b)?c){200}x{1,5000}y$",
        "(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)[^a]",
        "^(a{0,4000000000}){0,4000000000}b$",
        "[a-z]{9999}[0-9]{9999}",
        "^(?=.*a.{20}$)(?=.*b.{21}$)(?=.*c.{22}$)",
        &long_chain,
        &long_chain_of_groups,
        &assertions,
        &deep,
        &wide,
        &looks,
    ];
    let (mut refused, mut states) = (0, 0);
    for pattern in rows {
        match Language::parse(pattern) {
            Ok(language) => states += language.states(),
            Err(why) => {
                assert_eq!(why, "the pattern is too large", "{pattern:.80}");
                refused += 1;
            }
        }
    }
    assert!(
        refused >= 4 && states > 0,
        "{refused} refused, {states} states"
    );
    // Two patterns that are small each are not small together.
    let conjunction =
        texts("+^(a|b)*a(a|b){9}$ -^(a|b)*b(a|b){8}$ +^(aaaaaaaaaaab?)*$ +^(b{7}|a)*$");
    assert!(matches!(conjunction.pick(&mut 20), Pick::Unknown(_)));
}
