//! Writing the text of records: JSON, without a tree of it, and without what goes without saying.
//!
//! The name of a field is written once its value is known to say something.

use std::fmt::{self, Write};

use ecow::EcoString;
use serde::ser::{self, Impossible, Serialize, SerializeMap, SerializeSeq, SerializeStruct, Serializer};

use super::unfit::Unfit;

/// What is `false` unless it is said. Elsewhere `false` says something: `solved: false` is not `solved` unknown.
const UNLESS_SAID: [&str; 6] = ["late", "by_lead", "back", "holds", "provisional", "left"];

/// So long most records are at most: what is longer makes the text grow.
const MOST: usize = 1024;

/// Where the text grows.
pub(super) struct Writer {
    pub(super) text: String,
}

impl Default for Writer {
    fn default() -> Self {
        Self { text: String::with_capacity(MOST) }
    }
}

impl Writer {
    /// Writes a value that stands in a list, or by itself: it is told whatever it says.
    pub(super) fn value(&mut self, value: &(impl Serialize + ?Sized)) -> Result<(), Unfit> {
        value.serialize(Told { writer: self, place: Place::Listed }).map(drop)
    }

    /// Opens an object whose fields come one by one.
    pub(super) fn object(&mut self) -> Fields<'_> {
        self.text.push('{');
        Fields { writer: self, empty: true, closes: true }
    }

    /// Writes a field behind others, where it says something.
    pub(super) fn field(&mut self, name: &'static str, says: Option<&EcoString>) {
        if let Some(says) = says {
            self.name(name, false);
            self.quoted(says);
        }
    }

    /// Writes the name of a field, the first of its object or one behind others.
    fn name(&mut self, name: &'static str, first: bool) {
        self.text.push_str(if first { "\"" } else { ",\"" });
        self.text.push_str(name);
        self.text.push_str("\":");
    }

    /// Writes a text in quotes.
    fn quoted(&mut self, text: &str) {
        self.text.push('"');
        self.inner(text);
        self.text.push('"');
    }

    fn inner(&mut self, text: &str) {
        let mut left = text;
        while let Some(at) = left.bytes().position(|byte| byte < 0x20 || byte == b'"' || byte == b'\\') {
            let (plain, rest) = left.split_at(at);
            self.text.push_str(plain);
            match rest.as_bytes()[0] {
                b'"' => self.text.push_str("\\\""),
                b'\\' => self.text.push_str("\\\\"),
                0x08 => self.text.push_str("\\b"),
                0x0C => self.text.push_str("\\f"),
                b'\n' => self.text.push_str("\\n"),
                b'\r' => self.text.push_str("\\r"),
                b'\t' => self.text.push_str("\\t"),
                other => drop(write!(self.text, "\\u{other:04x}")),
            }
            left = &rest[1..];
        }
        self.text.push_str(left);
    }
}

impl Write for Writer {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.inner(text);
        Ok(())
    }
}

/// Where a value stands.
#[derive(Clone, Copy)]
enum Place {
    /// In a list, behind a key, or by itself: it is told whatever it says.
    Listed,
    /// In a field of this name, the first of its object or one behind others.
    Field(&'static str, bool),
    /// Its fields stand among those of the object that is open, the first of them or behind others.
    Among(bool),
}

/// Writes one value; whether it was told.
struct Told<'w> {
    writer: &'w mut Writer,
    place: Place,
}

impl Told<'_> {
    /// The text, behind the name of the field: the value says something.
    fn text(&mut self) -> &mut String {
        if let Place::Field(name, first) = self.place {
            self.writer.name(name, first);
        }
        &mut self.writer.text
    }

    fn number(mut self, number: impl itoa::Integer) -> bool {
        self.text().push_str(itoa::Buffer::new().format(number));
        true
    }
}

/// A list or a map that is being written: it is opened by the first that stands in it.
struct Many<'w> {
    to: Told<'w>,
    brackets: [char; 2],
    empty: bool,
}

impl Many<'_> {
    fn next(&mut self) {
        if std::mem::take(&mut self.empty) {
            let open = self.brackets[0];
            self.to.text().push(open);
        } else {
            self.to.writer.text.push(',');
        }
    }

    fn close(mut self) -> bool {
        if self.empty {
            if let Place::Field(..) = self.to.place {
                return false;
            }
            self.next();
        }
        self.to.writer.text.push(self.brackets[1]);
        true
    }
}

/// An object that is being written, field by field.
pub(super) struct Fields<'w> {
    writer: &'w mut Writer,
    empty: bool,
    /// Whether it ends with these fields.
    closes: bool,
}

impl Fields<'_> {
    /// Writes a field, where it says something.
    pub(super) fn field(
        &mut self,
        name: &'static str,
        value: &(impl Serialize + ?Sized),
    ) -> Result<(), Unfit> {
        let place = Place::Field(name, self.empty);
        self.empty &= !value.serialize(Told { writer: self.writer, place })?;
        Ok(())
    }

    /// Writes the fields of a value as fields of this object.
    pub(super) fn fields_of(&mut self, value: &(impl Serialize + ?Sized)) -> Result<(), Unfit> {
        let place = Place::Among(self.empty);
        value.serialize(Told { writer: self.writer, place })?;
        self.empty = false;
        Ok(())
    }

    pub(super) fn close(self) {
        if self.closes {
            self.writer.text.push('}');
        }
    }
}

macro_rules! numbers {
    ($($method:ident($kind:ty);)*) => {
        $(fn $method(self, number: $kind) -> Result<bool, Unfit> { Ok(self.number(number)) })*
    };
}

impl<'w> Serializer for Told<'w> {
    type Ok = bool;
    type Error = Unfit;
    type SerializeSeq = Many<'w>;
    type SerializeTuple = Impossible<bool, Unfit>;
    type SerializeTupleStruct = Impossible<bool, Unfit>;
    type SerializeTupleVariant = Impossible<bool, Unfit>;
    type SerializeMap = Many<'w>;
    type SerializeStruct = Fields<'w>;
    type SerializeStructVariant = Impossible<bool, Unfit>;

    fn serialize_bool(mut self, truth: bool) -> Result<bool, Unfit> {
        if !truth && matches!(self.place, Place::Field(name, _) if UNLESS_SAID.contains(&name)) {
            return Ok(false);
        }
        self.text().push_str(if truth { "true" } else { "false" });
        Ok(true)
    }

    numbers! {
        serialize_i8(i8);
        serialize_i16(i16);
        serialize_i32(i32);
        serialize_i64(i64);
        serialize_u8(u8);
        serialize_u16(u16);
        serialize_u32(u32);
        serialize_u64(u64);
    }

    fn serialize_f32(self, _: f32) -> Result<bool, Unfit> {
        unwritable()
    }

    fn serialize_f64(self, _: f64) -> Result<bool, Unfit> {
        unwritable()
    }

    fn serialize_char(self, one: char) -> Result<bool, Unfit> {
        self.serialize_str(one.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(mut self, text: &str) -> Result<bool, Unfit> {
        self.text();
        self.writer.quoted(text);
        Ok(true)
    }

    fn collect_str<T: fmt::Display + ?Sized>(mut self, value: &T) -> Result<bool, Unfit> {
        self.text().push('"');
        write!(self.writer, "{value}").map_err(ser::Error::custom)?;
        self.writer.text.push('"');
        Ok(true)
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<bool, Unfit> {
        unwritable()
    }

    fn serialize_none(self) -> Result<bool, Unfit> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<bool, Unfit> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<bool, Unfit> {
        if let Place::Field(..) = self.place {
            return Ok(false);
        }
        self.writer.text.push_str("null");
        Ok(true)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<bool, Unfit> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<bool, Unfit> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<bool, Unfit> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<bool, Unfit> {
        let mut own = self.serialize_struct(variant, 1)?;
        SerializeStruct::serialize_field(&mut own, variant, value)?;
        SerializeStruct::end(own)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Many<'w>, Unfit> {
        Ok(Many { to: self, brackets: ['[', ']'], empty: true })
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Many<'w>, Unfit> {
        Ok(Many { to: self, brackets: ['{', '}'], empty: true })
    }

    fn serialize_struct(mut self, _: &'static str, _: usize) -> Result<Fields<'w>, Unfit> {
        if let Place::Among(empty) = self.place {
            return Ok(Fields { writer: self.writer, empty, closes: false });
        }
        self.text();
        Ok(self.writer.object())
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, Unfit> {
        unwritable()
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeTupleStruct, Unfit> {
        unwritable()
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Unfit> {
        unwritable()
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Unfit> {
        unwritable()
    }
}

fn unwritable<T>() -> Result<T, Unfit> {
    Err(ser::Error::custom("records hold no such value"))
}

impl SerializeSeq for Many<'_> {
    type Ok = bool;
    type Error = Unfit;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unfit> {
        self.next();
        self.to.writer.value(value)
    }

    fn end(self) -> Result<bool, Unfit> {
        Ok(self.close())
    }
}

/// What a map says was stated, and is kept to the letter.
impl SerializeMap for Many<'_> {
    type Ok = bool;
    type Error = Unfit;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Unfit> {
        self.next();
        self.to.writer.value(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unfit> {
        self.to.writer.text.push(':');
        self.to.writer.value(value)
    }

    fn end(self) -> Result<bool, Unfit> {
        Ok(self.close())
    }
}

impl SerializeStruct for Fields<'_> {
    type Ok = bool;
    type Error = Unfit;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Unfit> {
        self.field(name, value)
    }

    fn end(self) -> Result<bool, Unfit> {
        self.close();
        Ok(true)
    }
}
