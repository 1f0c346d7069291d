//! One declaration per mapping and per word of the language: the struct, its reading, the list of
//! its keys and its JSON Schema come from the same lines.

/// Declares mappings. Every field becomes an `Option<Spanned<_>>`; `flatten` names a mapping whose
/// keys stand among these; keys in `reserved` are refused; keys in `required` must be written.
macro_rules! ast_struct {
    ($(
        $(#[doc = $doc:literal])+
        $name:ident = $expected:literal {
            $(flatten $flat:ident: $flat_ty:ty,)?
            $($(#[doc = $field_doc:literal])+ $field:ident: $ty:ty,)*
        }
        required: [$($required:ident),* $(,)?],
        reserved: [$($reserved:literal),* $(,)?],
        $(also: $also:path,)?
    )+) => {$(
        $(#[doc = $doc])+
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub(crate) struct $name {
            /// Where the mapping stands.
            pub(crate) span: $crate::text::Span,
            $(
                /// Keys that stand among these.
                pub(crate) $flat: $flat_ty,
            )?
            $($(#[doc = $field_doc])+ pub(crate) $field: Option<$crate::text::Spanned<$ty>>,)*
        }

        impl $crate::syntax::cherry::Keys for $name {
            const REQUIRED: &'static [(&'static str, &'static str)] = &[
                $((stringify!($required), $crate::syntax::cherry::expected_of(|ast: &$name| &ast.$required)),)*
            ];

            fn empty(span: $crate::text::Span) -> Self {
                $name {
                    span,
                    $($flat: <$flat_ty as $crate::syntax::cherry::Keys>::empty(span),)?
                    $($field: None,)*
                }
            }

            fn allowed(out: &mut Vec<&'static str>) {
                $(out.push(stringify!($field));)*
                $(<$flat_ty as $crate::syntax::cherry::Keys>::allowed(out);)?
                let _ = out;
            }

            fn reserved(out: &mut Vec<&'static str>) {
                out.extend::<[&'static str; _]>([$($reserved),*]);
                $(<$flat_ty as $crate::syntax::cherry::Keys>::reserved(out);)?
            }

            fn take(
                &mut self,
                key: &str,
                value: $crate::syntax::Value<'_>,
                cx: &mut $crate::syntax::DecodeCx<'_>,
            ) -> bool {
                match key {
                    $(stringify!($field) => self.$field = cx.key(key, value),)*
                    _ => return false $(|| self.$flat.take(key, value, cx))?,
                }
                true
            }

            fn properties(
                generator: &mut schemars::SchemaGenerator,
                out: &mut serde_json::Map<String, serde_json::Value>,
            ) {
                $(
                    let mut schema = generator.subschema_for::<$ty>();
                    schema.insert(
                        "description".to_owned(),
                        concat!($($field_doc),+).trim().into(),
                    );
                    out.insert(stringify!($field).to_owned(), schema.into());
                )*
                $(<$flat_ty as $crate::syntax::cherry::Keys>::properties(generator, out);)?
                let _ = (generator, out);
            }

            $(
                fn also_schema() -> Option<serde_json::Value> {
                    <$also>::schema()
                }

                fn also(
                    &self,
                    value: $crate::syntax::Value<'_>,
                    cx: &mut $crate::syntax::DecodeCx<'_>,
                ) {
                    <$also>::check(value, cx);
                }
            )?
        }

        impl $crate::syntax::Decode for $name {
            const EXPECTED: &'static str = $expected;

            fn decode(
                value: $crate::syntax::Value<'_>,
                cx: &mut $crate::syntax::DecodeCx<'_>,
            ) -> Option<Self> {
                $crate::syntax::cherry::decode_keys(value, cx)
            }
        }

        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).trim_end_matches("Ast").into()
            }

            fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                $crate::syntax::cherry::keys_schema::<$name>(
                    generator,
                    concat!($($doc),+).trim(),
                )
            }
        }
    )+};
}

/// Declares texts: what they must be, the pattern of the JSON Schema, an example, and (where a bare
/// number is a likely slip) how to write the number.
macro_rules! text_type {
    ($(
        $(#[doc = $doc:literal])+
        $name:ident = $expected:literal, pattern: $pattern:literal, example: $example:literal
            $(, number: $number:path)?;
    )+) => {$(
        $(#[doc = $doc])+
        ///
        /// The text as it was written; reading it is the next floor's work.
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(crate) struct $name(Box<str>);

        impl $name {
            /// The text as it was written.
            #[allow(dead_code, reason = "every text has this face; not all are read by it")]
            pub(crate) fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl $crate::syntax::Decode for $name {
            const EXPECTED: &'static str = $expected;

            fn decode(
                value: $crate::syntax::Value<'_>,
                cx: &mut $crate::syntax::DecodeCx<'_>,
            ) -> Option<Self> {
                $(
                    if let $crate::syntax::Kind::Number(number) = value.kind() {
                        $number(number, value, cx);
                        return None;
                    }
                )?
                cx.text(value, Self::EXPECTED).map(|text| $name(text.into()))
            }
        }

        impl $crate::syntax::MapKey for $name {
            fn read(
                key: $crate::syntax::Key<'_>,
                _: &mut $crate::syntax::DecodeCx<'_>,
            ) -> Option<Self> {
                Some($name(key.text.into()))
            }

            fn key_schema() -> serde_json::Value {
                serde_json::json!({ "pattern": $pattern })
            }
        }

        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).trim_end_matches("Text").into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({
                    "type": "string",
                    "description": concat!($($doc),+).trim(),
                    "pattern": $pattern,
                    "examples": [$example],
                })
            }
        }
    )+};
}

/// Declares fixed sets of words, with the words of the language that are reserved.
macro_rules! word_type {
    ($(
        $(#[doc = $doc:literal])+
        $name:ident {
            $($(#[doc = $word_doc:literal])+ $variant:ident = $word:literal,)+
        }
        reserved: [$($reserved:literal),* $(,)?];
    )+) => {$(
        $(#[doc = $doc])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(crate) enum $name {
            $($(#[doc = $word_doc])+ $variant,)+
        }

        impl $crate::syntax::Decode for $name {
            const EXPECTED: &'static str =
                word_list!($($word),+);

            fn decode(
                value: $crate::syntax::Value<'_>,
                cx: &mut $crate::syntax::DecodeCx<'_>,
            ) -> Option<Self> {
                let reserved: &[&str] = &[$($reserved),*];
                match value.as_str() {
                    $(Some($word) => return Some($name::$variant),)+
                    Some(word) if reserved.contains(&word) => {
                        let what = format!("{}: `{word}`", cx.subject());
                        cx.reserved(what, value.text_span());
                    }
                    Some(word) => {
                        let noun = format!("value of {}:", cx.subject());
                        cx.unknown(&noun, word, value.text_span(), &[$($word),+]);
                    }
                    None => {
                        cx.wrong_type(value, Self::EXPECTED);
                    }
                }
                None
            }
        }

        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({
                    "description": concat!($($doc),+).trim(),
                    "enum": [$($word),+],
                })
            }
        }
    )+};
}

/// A list of words as a phrase.
macro_rules! word_list {
    ($first:literal) => { concat!("`", $first, "`") };
    ($first:literal, $last:literal) => { concat!("`", $first, "` or `", $last, "`") };
    ($first:literal, $($rest:literal),+) => {
        concat!("`", $first, "`, ", word_list!($($rest),+))
    };
}
