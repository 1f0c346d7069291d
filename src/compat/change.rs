//! What moved between two releases, said without judgement.

use std::rc::Rc;

use super::index::{At, Kind};
use crate::schema::{
    Attr, AttrDef, EnumDef, EnumValue, Field, Method, NumberRange, Oneof, Record, Service, TypeDef,
    Unit, UnitImport,
};
use crate::text::{Span, Spanned};

/// A thing of the old release and what became of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pair<T> {
    /// In the old release.
    pub(super) old: T,
    /// In the new one.
    pub(super) new: T,
}

/// Two records that are one to the comparison.
#[derive(Debug, Clone, Copy)]
pub(super) struct RecordPair<'a> {
    /// The declarations.
    pub(super) types: Pair<At<'a, TypeDef>>,
    /// What they hold.
    pub(super) records: Pair<&'a Record>,
    /// Whether both are entries of tables.
    pub(super) are_entries: bool,
    /// Whether tools that pair by full name see the pair.
    pub(super) is_by_name: bool,
}

/// Two enums that are one to the comparison.
#[derive(Debug, Clone, Copy)]
pub(super) struct EnumPair<'a> {
    /// The declarations.
    pub(super) types: Pair<At<'a, TypeDef>>,
    /// What they hold.
    pub(super) enums: Pair<&'a EnumDef>,
    /// Whether tools that pair by full name see the pair.
    pub(super) is_by_name: bool,
}

/// Who has a field: a record, or a unit that extends one.
#[derive(Debug, Clone, Copy)]
pub(super) enum FieldOwner<'a> {
    /// A record.
    Record(RecordPair<'a>),
    /// Extensions of one record and number.
    Extension(ExtensionPair<'a>),
}

/// Two extensions of one record with one number.
#[derive(Debug, Clone, Copy)]
pub(super) struct ExtensionPair<'a> {
    /// The units.
    pub(super) units: Pair<&'a Unit>,
    /// The full names.
    pub(super) names: Pair<&'a str>,
    /// The full name of the extended record.
    pub(super) extendee: &'a str,
}

/// Two fields with one number.
#[derive(Debug, Clone, Copy)]
pub(super) struct FieldPair<'a> {
    /// Who has them.
    pub(super) owner: FieldOwner<'a>,
    /// The fields.
    pub(super) fields: Pair<&'a Field>,
}

/// A declaration that is not where it was.
#[derive(Debug, Clone, Copy)]
pub(super) struct Removed<'a> {
    /// What it was.
    pub(super) kind: Kind,
    /// Its full name.
    pub(super) name: &'a str,
    /// The unit that declared it.
    pub(super) old_unit: &'a Unit,
    /// Where.
    pub(super) old_at: Span,
    /// The unit of that path in the new release.
    pub(super) new_unit: Option<&'a Unit>,
    /// The nearest record around it that is left in that unit.
    pub(super) parent: Option<&'a TypeDef>,
    /// Whether that unit still declares something with this nested name.
    pub(super) is_in_unit: bool,
    /// Whether the package has units in the new release.
    pub(super) is_package_alive: bool,
    /// Whether the package declares it anywhere.
    pub(super) is_in_package: bool,
    /// Whether the package declares anything of the kind.
    pub(super) has_package_kind: bool,
    /// Where the new release declares this full name.
    pub(super) moved_to: Option<(&'a Unit, Span)>,
}

/// Something that has attributes, in both releases.
#[derive(Debug, Clone, Copy)]
pub(super) struct AttrsOf<'a> {
    /// What it is, in words with its name.
    pub(super) word: &'static str,
    /// Its name.
    pub(super) name: &'a str,
    /// The full name of the type that it is, or is a part of.
    pub(super) ty: Option<&'a str>,
    /// The units.
    pub(super) units: Pair<&'a Unit>,
    /// The declarations; a whole unit has none.
    pub(super) spans: Option<Pair<Span>>,
    /// Whether findings fall back on the declaration when the attribute is not written there.
    pub(super) falls_back: bool,
    /// Whether tools that pair by full name see the pair.
    pub(super) is_by_name: bool,
}

/// What moved.
#[derive(Debug, Clone)]
pub(super) enum Change<'a> {
    /// No unit has this path any more.
    UnitRemoved(&'a Unit),
    /// A unit has a new path.
    UnitAdded(&'a Unit),
    /// No unit is in this package any more.
    PackageRemoved {
        /// Its name.
        name: &'a str,
        /// Its units.
        units: &'a [&'a Unit],
        /// The package that declares what it did.
        replaced_by: Option<&'a str>,
    },
    /// A unit is in another package.
    PackageChanged(Pair<&'a Unit>),
    /// A unit is written in another dialect.
    DialectChanged {
        /// The units.
        units: Pair<&'a Unit>,
        /// Whether anything in them means something else because of it.
        is_observable: bool,
    },
    /// A unit no longer hands on what another one declares.
    PublicImportRemoved {
        /// The units.
        units: Pair<&'a Unit>,
        /// The import.
        import: &'a UnitImport,
    },
    /// A declaration is not where it was.
    Removed(Removed<'a>),
    /// A declaration is new.
    Added {
        /// What it is.
        kind: Kind,
        /// Its full name.
        name: &'a str,
        /// Where.
        at: Span,
    },
    /// Other units may no longer refer to a type.
    VisibilityNarrowed(Pair<At<'a, TypeDef>>),
    /// A fact with a meaning differs.
    AttrChanged {
        /// Its meaning.
        def: &'static AttrDef,
        /// What it is a fact about.
        of: AttrsOf<'a>,
        /// The values.
        values: Pair<&'a str>,
        /// Where they are written.
        written: Pair<Option<Span>>,
        /// Whether the attribute that it follows changed alike, which is told already.
        is_told: bool,
    },
    /// A fact differs whose meaning nobody declared.
    CustomAttrChanged {
        /// What it is a fact about.
        of: AttrsOf<'a>,
        /// The facts.
        key: &'a str,
        /// The values and places of the old release.
        old: Vec<&'a Attr>,
        /// The values and places of the new release.
        new: Vec<&'a Attr>,
    },
    /// A number is no field any more.
    FieldRemoved {
        /// The records.
        records: RecordPair<'a>,
        /// The field.
        old: &'a Field,
        /// A new field of this name under another number.
        renumbered_to: Option<&'a Field>,
        /// Whether the number is reserved.
        is_number_reserved: bool,
        /// Whether the name is reserved.
        is_name_reserved: bool,
    },
    /// A number is a field now.
    FieldAdded {
        /// The records.
        records: RecordPair<'a>,
        /// The field.
        new: &'a Field,
        /// A field of this name that had another number.
        renumbered_from: Option<&'a Field>,
        /// The group that old readers know and that it is a member of.
        joins: Option<&'a Oneof>,
    },
    /// A field that had to be there needs not any more, or is gone.
    RequiredRemoved {
        /// The records.
        records: RecordPair<'a>,
        /// The field.
        old: &'a Field,
    },
    /// A field has to be there now.
    RequiredAdded {
        /// The records.
        records: RecordPair<'a>,
        /// The field.
        new: &'a Field,
        /// What it was.
        old: Option<&'a Field>,
    },
    /// A field has another name.
    FieldRenamed(FieldPair<'a>),
    /// A field has another key in JSON.
    JsonNameChanged(FieldPair<'a>),
    /// A field has another type.
    TypeChanged(FieldPair<'a>),
    /// A field has another cardinality.
    CardinalityChanged(FieldPair<'a>),
    /// An absent field means another value.
    DefaultChanged {
        /// The fields.
        fields: FieldPair<'a>,
        /// The values, printable.
        values: Pair<String>,
    },
    /// A field is in a group, in none, or in another one than before.
    OneofChanged {
        /// The fields.
        fields: FieldPair<'a>,
        /// The records.
        records: RecordPair<'a>,
        /// A field that old writers can set beside it and new readers cannot.
        excludes: Option<&'a Field>,
        /// A field that new writers can set beside it and old readers cannot.
        admits: Option<&'a Field>,
        /// Whether only the name of the group is another.
        is_renamed: bool,
    },
    /// A group is gone.
    OneofRemoved {
        /// The records.
        records: RecordPair<'a>,
        /// The group.
        old: &'a Oneof,
    },
    /// Numbers are no longer kept.
    RangeRemoved {
        /// What for: `reserved` or `extension`.
        word: &'static str,
        /// The types.
        types: Pair<At<'a, TypeDef>>,
        /// Whether it is an enum.
        is_enum: bool,
        /// The range.
        old: &'a NumberRange,
        /// The parts of it that are gone.
        missing: Vec<(i32, i32)>,
        /// Whether tools that pair by full name see the pair.
        is_by_name: bool,
    },
    /// A name is no longer kept.
    ReservedNameRemoved {
        /// The types.
        types: Pair<At<'a, TypeDef>>,
        /// Whether it is an enum.
        is_enum: bool,
        /// The name.
        old: &'a Spanned<Box<str>>,
        /// Whether tools that pair by full name see the pair.
        is_by_name: bool,
    },
    /// Numbers without a name are kept out, or no longer.
    OpennessChanged(EnumPair<'a>),
    /// A number has no name any more.
    ValueRemoved {
        /// The enums.
        enums: EnumPair<'a>,
        /// The values with this number; never empty.
        old: Vec<&'a EnumValue>,
        /// A value with one of these names under another number.
        renumbered_to: Option<&'a EnumValue>,
        /// Whether the number is reserved.
        is_number_reserved: bool,
        /// Whether all names are reserved.
        are_names_reserved: bool,
        /// A field that must be there and holds this enum.
        required_in: Option<&'a Field>,
    },
    /// A number has a name now.
    ValueAdded {
        /// The enums.
        enums: EnumPair<'a>,
        /// The value.
        new: &'a EnumValue,
        /// A value of this name that had another number.
        renumbered_from: Option<&'a EnumValue>,
        /// A field that must be there and holds this enum.
        required_in: Option<&'a Field>,
    },
    /// A number lost a name.
    ValueRenamed {
        /// The enums.
        enums: EnumPair<'a>,
        /// The values with this number in the old release.
        old: Rc<[&'a EnumValue]>,
        /// One of those in the new release.
        new: &'a EnumValue,
        /// All of those in the new release.
        all_new: Rc<[&'a EnumValue]>,
        /// Whether the other side knows the name that a writer of JSON takes, which is the first: that
        /// of the old release, and that of the new one.
        is_read: Pair<bool>,
        /// Whether it is the first of them.
        is_first: bool,
    },
    /// A number has a further name, in front of the ones it had.
    AliasFirst {
        /// The enums.
        enums: EnumPair<'a>,
        /// The name that was first.
        old: &'a EnumValue,
        /// The name that is first.
        new: &'a EnumValue,
    },
    /// A procedure is gone.
    MethodRemoved {
        /// The services.
        services: Pair<At<'a, Service>>,
        /// The procedure.
        old: &'a Method,
        /// Whether tools that pair by full name see the pair.
        is_by_name: bool,
    },
    /// A procedure is new.
    MethodAdded {
        /// The services.
        services: Pair<At<'a, Service>>,
        /// The procedure.
        new: &'a Method,
    },
    /// A procedure takes or gives another record.
    MessageChanged {
        /// The procedures.
        methods: MethodPair<'a>,
        /// Whether it is what callers send.
        is_input: bool,
    },
    /// A procedure takes or gives a stream, or no longer.
    StreamingChanged {
        /// The procedures.
        methods: MethodPair<'a>,
        /// Whether it is what callers send.
        is_input: bool,
    },
}

/// Two procedures with one name.
#[derive(Debug, Clone, Copy)]
pub(super) struct MethodPair<'a> {
    /// The services.
    pub(super) services: Pair<At<'a, Service>>,
    /// The procedures.
    pub(super) methods: Pair<&'a Method>,
    /// Whether tools that pair by full name see the pair.
    pub(super) is_by_name: bool,
}

impl<'a> FieldPair<'a> {
    /// The units.
    pub(super) fn units(&self) -> Pair<&'a Unit> {
        match self.owner {
            FieldOwner::Record(records) => Pair {
                old: records.types.old.unit,
                new: records.types.new.unit,
            },
            FieldOwner::Extension(extension) => extension.units,
        }
    }

    /// Whether tools that pair by full name see the pair.
    pub(super) fn is_by_name(&self) -> bool {
        match self.owner {
            FieldOwner::Record(records) => records.is_by_name,
            FieldOwner::Extension(_) => true,
        }
    }

    /// The field in words, by its new name.
    pub(super) fn describe(&self) -> String {
        match self.owner {
            FieldOwner::Record(records) => format!(
                "field `{}` of `{}`",
                self.fields.new.name.node, records.types.new.node.name
            ),
            FieldOwner::Extension(extension) => format!("extension `{}`", extension.names.new),
        }
    }
}

impl<'a> Change<'a> {
    /// The full name of the type whose values a change is about; procedures, units and packages are
    /// about calls.
    pub(super) fn about(&self) -> Option<&'a str> {
        let name = |ty: At<'a, TypeDef>| -> &'a str { &ty.node.name };
        let of_field = |fields: &FieldPair<'a>| match fields.owner {
            FieldOwner::Record(records) => name(records.types.new),
            FieldOwner::Extension(extension) => extension.extendee,
        };
        match self {
            Change::FieldRemoved { records, .. }
            | Change::FieldAdded { records, .. }
            | Change::RequiredRemoved { records, .. }
            | Change::RequiredAdded { records, .. }
            | Change::OneofRemoved { records, .. } => Some(name(records.types.new)),
            Change::FieldRenamed(fields)
            | Change::JsonNameChanged(fields)
            | Change::TypeChanged(fields)
            | Change::CardinalityChanged(fields)
            | Change::DefaultChanged { fields, .. }
            | Change::OneofChanged { fields, .. } => Some(of_field(fields)),
            Change::OpennessChanged(enums)
            | Change::ValueRemoved { enums, .. }
            | Change::ValueAdded { enums, .. }
            | Change::ValueRenamed { enums, .. }
            | Change::AliasFirst { enums, .. } => Some(name(enums.types.new)),
            Change::RangeRemoved { types, .. }
            | Change::ReservedNameRemoved { types, .. }
            | Change::VisibilityNarrowed(types) => Some(name(types.new)),
            Change::AttrChanged { of, .. } | Change::CustomAttrChanged { of, .. } => of.ty,
            Change::Removed(removed) => match removed.kind {
                Kind::Service => None,
                _ => Some(removed.name),
            },
            Change::UnitRemoved(_)
            | Change::UnitAdded(_)
            | Change::PackageRemoved { .. }
            | Change::PackageChanged(_)
            | Change::DialectChanged { .. }
            | Change::PublicImportRemoved { .. }
            | Change::Added { .. }
            | Change::MethodRemoved { .. }
            | Change::MethodAdded { .. }
            | Change::MessageChanged { .. }
            | Change::StreamingChanged { .. } => None,
        }
    }
}
