//! Shapes: which values a schema accepts, constraint by constraint, whatever it was written in.
//!
//! A [`Shapes`] holds every shape of one side of a comparison. A shape is one schema where it was
//! written; it refers to others by number, so what is shared or recursive is a graph and no tree. A
//! reference is no shape of its own: the place that refers holds the number of what is referred to
//! ([`Use`]), unless constraints stand beside the reference, which then is one of several
//! [`Constraint::AllOf`].

use super::json::Json;
use super::{Decimal, Life};
use crate::text::{Span, Spanned};

/// The number of a shape within its side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ShapeId(pub(crate) u32);

impl ShapeId {
    /// The shape that accepts every value; every [`Shapes`] begins with it.
    pub(crate) const ANYTHING: ShapeId = ShapeId(0);
}

/// Every shape of one side.
#[derive(Debug, Clone)]
pub(crate) struct Shapes {
    /// By number; the first is [`ShapeId::ANYTHING`].
    pub(crate) shapes: Vec<Shape>,
}

impl Shapes {
    /// No shapes but the one that accepts every value, which stands at the head of the document.
    pub(crate) fn new(head: Span) -> Self {
        Shapes {
            shapes: vec![Shape {
                span: head,
                name: None,
                constraints: Box::default(),
                notes: None,
            }],
        }
    }

    /// The shape with this number.
    pub(crate) fn get(&self, id: ShapeId) -> &Shape {
        &self.shapes[id.0 as usize]
    }
}

/// A place that uses a shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Use {
    /// The shape.
    pub(crate) shape: ShapeId,
    /// Where it is used: the reference, or the schema itself when it stands there.
    pub(crate) at: Span,
}

/// One schema.
#[derive(Debug, Clone)]
pub(crate) struct Shape {
    /// The first line of it, or the whole of it when it is short: what a message points at.
    pub(crate) span: Span,
    /// Its name when it can be referred to by one, such as `Order`; the last part of its address.
    pub(crate) name: Option<Box<str>>,
    /// What each value must satisfy, in the order of the writing. All of them count.
    pub(crate) constraints: Box<[Spanned<Constraint>]>,
    /// What is said about it and refuses nothing; absent when nothing is said, as in most shapes.
    pub(crate) notes: Option<Box<Notes>>,
}

/// Kinds of values, as a set of bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Kinds(pub(crate) u8);

impl Kinds {
    pub(crate) const NULL: Kinds = Kinds(1);
    pub(crate) const BOOL: Kinds = Kinds(2);
    /// Whole numbers; `1.0` is one.
    pub(crate) const INTEGER: Kinds = Kinds(4);
    /// Numbers that are not whole.
    pub(crate) const FRACTION: Kinds = Kinds(8);
    pub(crate) const NUMBER: Kinds = Kinds(4 | 8);
    pub(crate) const STRING: Kinds = Kinds(16);
    pub(crate) const ARRAY: Kinds = Kinds(32);
    pub(crate) const OBJECT: Kinds = Kinds(64);
    pub(crate) const ALL: Kinds = Kinds(127);

    pub(crate) const fn with(self, other: Kinds) -> Kinds {
        Kinds(self.0 | other.0)
    }

    pub(crate) const fn and(self, other: Kinds) -> Kinds {
        Kinds(self.0 & other.0)
    }

    pub(crate) const fn without(self, other: Kinds) -> Kinds {
        Kinds(self.0 & !other.0)
    }

    pub(crate) const fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub(crate) const fn holds(self, other: Kinds) -> bool {
        self.0 & other.0 == other.0
    }
}

/// The end of a range of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Bound {
    pub(crate) value: Decimal,
    /// Whether the end itself does not belong to the range.
    pub(crate) is_exclusive: bool,
}

/// One thing that a value must satisfy. A constraint that concerns one kind of value is satisfied by
/// every value of another kind. All meanings are those of JSON Schema 2020-12.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Constraint {
    /// No value satisfies it: the schema `false`, and what a boolean `false` stands for.
    Never,
    /// The value is of one of these kinds.
    Kinds(Kinds),
    /// The value is one of these; a constant is a list of one.
    OneOfValues(Box<[Spanned<Json>]>),
    Minimum(Bound),
    Maximum(Bound),
    /// The number is a whole multiple of this one, which is above zero.
    MultipleOf(Decimal),
    /// Lengths count code points.
    MinLength(u64),
    MaxLength(u64),
    /// An ECMA-262 pattern that is found somewhere in the text.
    Pattern(Box<str>),
    /// A named format; the readers of documents hand on only formats that are meant as constraints.
    Format(Box<str>),
    MinItems(u64),
    MaxItems(u64),
    UniqueItems,
    /// The item at each position.
    PrefixItems(Box<[Use]>),
    /// Each item behind those of [`Constraint::PrefixItems`] of the same shape.
    Items(Use),
    /// From `min` to `max` items satisfy the shape.
    Contains {
        shape: Use,
        min: u64,
        max: Option<u64>,
    },
    MinProperties(u64),
    MaxProperties(u64),
    Required(Box<[Spanned<Box<str>>]>),
    /// The value of each name, when it is there.
    Properties(Box<[Property]>),
    /// The value of each name in which the pattern is found.
    PatternProperties(Box<[(Spanned<Box<str>>, Use)]>),
    /// The value of each name that neither [`Constraint::Properties`] nor
    /// [`Constraint::PatternProperties`] of the same shape declares.
    AdditionalProperties(Use),
    /// Each name, as a text.
    PropertyNames(Use),
    /// When a name is there, these are, too.
    DependentRequired(Box<[Dependency]>),
    /// When a name is there, the object satisfies the shape.
    DependentSchemas(Box<[(Spanned<Box<str>>, Use)]>),
    /// The value of each name that no shape which applies to the object in place declares.
    UnevaluatedProperties(Use),
    /// Each item that no shape which applies to the list in place looks at.
    UnevaluatedItems(Use),
    AllOf(Box<[Use]>),
    AnyOf(Box<[Use]>),
    /// Exactly one is satisfied.
    OneOf(Box<[Use]>),
    Not(Use),
    If {
        test: Use,
        then: Option<Use>,
        otherwise: Option<Use>,
    },
    /// Something that is written and that nobody can decide: the keyword and why. What uses it is
    /// unknown; two that are equal accept the same values.
    Opaque {
        keyword: Box<str>,
        text: Box<str>,
        why: &'static str,
    },
}

/// A name, and those that come with it.
pub(crate) type Dependency = (Spanned<Box<str>>, Box<[Spanned<Box<str>>]>);

/// A declared name of an object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Property {
    /// The name, where it is declared.
    pub(crate) name: Spanned<Box<str>>,
    /// What its value satisfies.
    pub(crate) value: Use,
    /// Whether it travels only in answers: [`Notes::is_read_only`] of what it uses, or beside the
    /// reference.
    pub(crate) is_read_only: bool,
    /// Whether it travels only in requests.
    pub(crate) is_write_only: bool,
}

/// What is said about a shape and refuses nothing.
#[derive(Debug, Clone, Default)]
pub(crate) struct Notes {
    /// Whether it travels only in answers.
    pub(crate) is_read_only: bool,
    /// Whether it travels only in requests.
    pub(crate) is_write_only: bool,
    /// What stands for a value that is absent.
    pub(crate) default: Option<Spanned<Json>>,
    /// Deprecation, end of life, stability.
    pub(crate) life: Life,
    /// The name whose value tells which of several shapes is meant.
    pub(crate) discriminator: Option<Box<Discriminator>>,
    /// Values that are known, of a list that may grow without notice (`x-extensible-enum`).
    pub(crate) known_values: Option<Spanned<Box<[Json]>>>,
    /// What a text holds (`contentMediaType`, `contentEncoding`, `contentSchema`).
    pub(crate) content: Option<Spanned<Box<str>>>,
}

/// The name whose value tells which of several shapes is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Discriminator {
    /// The name.
    pub(crate) property: Spanned<Box<str>>,
    /// Which value means which shape, what is implied by names of shapes included.
    pub(crate) mapping: Box<[(Spanned<Box<str>>, ShapeId)]>,
}
