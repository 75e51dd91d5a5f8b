//! Enums whose variants one field tells apart: `{"event":"joined","block":"x"}`.
//!
//! What serde derives for these keeps every value as a tree until it has met that field. Here variants are derived as
//! if they stood outside (`{"joined":{"block":"x"}}`, with `remote = "Self"`), and the field is put in or taken out on the
//! way: a reader that gives it first is read without a tree. Readers are asked for a struct of one field, which
//! is the one to give first; of readers that don't, what comes before it is kept.

use std::collections::VecDeque;
use std::fmt;

use serde::de::value::{MapAccessDeserializer, StrDeserializer};
use serde::de::{
    self, DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer, MapAccess, VariantAccess, Visitor,
};
use serde::ser::{self, Impossible, Serialize, SerializeStruct, Serializer};
use serde_json::Value;

/// Writes and reads an enum by the field that tells its variants apart.
macro_rules! tagged {
    ($of:ident, $tag:literal) => {
        impl serde::Serialize for $of {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $of::serialize(self, $crate::tagged::PutIn { tag: $tag, into: serializer })
            }
        }

        impl<'de> serde::Deserialize<'de> for $of {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $of::deserialize($crate::tagged::TakeOut { tag: &[$tag], from: deserializer })
            }
        }
    };
}
pub(super) use tagged;

/// Writes a variant as a struct with one field more.
pub(super) struct PutIn<S> {
    pub tag: &'static str,
    pub into: S,
}

/// Reads a variant from a struct with one field more.
pub(super) struct TakeOut<D> {
    pub tag: &'static [&'static str],
    pub from: D,
}

/// A struct whose first field is written.
pub(super) struct Begun<S>(S);

fn no_variant<E: ser::Error>() -> E {
    E::custom("it is no variant with named fields")
}

macro_rules! refuse {
    ($($method:ident($($kind:ty),*) -> $answer:ty;)*) => {
        $(fn $method(self, $(_: $kind),*) -> Result<$answer, S::Error> { Err(no_variant()) })*
    };
}

impl<S: Serializer> Serializer for PutIn<S> {
    type Ok = S::Ok;
    type Error = S::Error;
    type SerializeSeq = Impossible<S::Ok, S::Error>;
    type SerializeTuple = Impossible<S::Ok, S::Error>;
    type SerializeTupleStruct = Impossible<S::Ok, S::Error>;
    type SerializeTupleVariant = Impossible<S::Ok, S::Error>;
    type SerializeMap = Impossible<S::Ok, S::Error>;
    type SerializeStruct = Impossible<S::Ok, S::Error>;
    type SerializeStructVariant = Begun<S::SerializeStruct>;

    fn serialize_unit_variant(
        self,
        of: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<S::Ok, S::Error> {
        let mut own = self.into.serialize_struct(of, 1)?;
        own.serialize_field(self.tag, variant)?;
        own.end()
    }

    fn serialize_struct_variant(
        self,
        of: &'static str,
        _: u32,
        variant: &'static str,
        fields: usize,
    ) -> Result<Self::SerializeStructVariant, S::Error> {
        let mut own = self.into.serialize_struct(of, fields + 1)?;
        own.serialize_field(self.tag, variant)?;
        Ok(Begun(own))
    }

    fn serialize_some<T: Serialize + ?Sized>(self, _: &T) -> Result<S::Ok, S::Error> {
        Err(no_variant())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: &T,
    ) -> Result<S::Ok, S::Error> {
        Err(no_variant())
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<S::Ok, S::Error> {
        Err(no_variant())
    }

    refuse! {
        serialize_bool(bool) -> S::Ok;
        serialize_i8(i8) -> S::Ok;
        serialize_i16(i16) -> S::Ok;
        serialize_i32(i32) -> S::Ok;
        serialize_i64(i64) -> S::Ok;
        serialize_u8(u8) -> S::Ok;
        serialize_u16(u16) -> S::Ok;
        serialize_u32(u32) -> S::Ok;
        serialize_u64(u64) -> S::Ok;
        serialize_f32(f32) -> S::Ok;
        serialize_f64(f64) -> S::Ok;
        serialize_char(char) -> S::Ok;
        serialize_str(&str) -> S::Ok;
        serialize_bytes(&[u8]) -> S::Ok;
        serialize_none() -> S::Ok;
        serialize_unit() -> S::Ok;
        serialize_unit_struct(&'static str) -> S::Ok;
        serialize_seq(Option<usize>) -> Self::SerializeSeq;
        serialize_tuple(usize) -> Self::SerializeTuple;
        serialize_tuple_struct(&'static str, usize) -> Self::SerializeTupleStruct;
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> Self::SerializeTupleVariant;
        serialize_map(Option<usize>) -> Self::SerializeMap;
        serialize_struct(&'static str, usize) -> Self::SerializeStruct;
    }
}

impl<S: SerializeStruct> ser::SerializeStructVariant for Begun<S> {
    type Ok = S::Ok;
    type Error = S::Error;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), S::Error> {
        self.0.serialize_field(name, value)
    }

    fn end(self) -> Result<S::Ok, S::Error> {
        self.0.end()
    }
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for TakeOut<D> {
    type Error = D::Error;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, D::Error> {
        Err(de::Error::custom("it is no variant with named fields"))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        of: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        let [tag] = self.tag else { return self.deserialize_any(visitor) };
        self.from.deserialize_struct(of, self.tag, Meeting { of, tag, visitor })
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

/// Reads on until it meets the field that tells which variant it is.
struct Meeting<V> {
    of: &'static str,
    tag: &'static str,
    visitor: V,
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Meeting<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} with its field `{}`", self.of, self.tag)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<V::Value, A::Error> {
        let mut before = VecDeque::new();
        while let Some(name) = map.next_key_seed(Text)? {
            if *name == *self.tag {
                let variant = map.next_value_seed(Text)?;
                return self
                    .visitor
                    .visit_enum(Variant { name: variant, rest: Rest { before, value: None, map } });
            }
            before.push_back((name, map.next_value()?));
        }
        Err(de::Error::missing_field(self.tag))
    }
}

/// A text as it stands, copied only where it must be.
pub struct Text;

impl<'de> DeserializeSeed<'de> for Text {
    type Value = std::borrow::Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        from.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Text {
    type Value = std::borrow::Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(text.into())
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(text.to_owned().into())
    }
}

/// A variant with the fields that are left.
struct Variant<'de, A> {
    name: std::borrow::Cow<'de, str>,
    rest: Rest<'de, A>,
}

/// What came before the field that was met, then what follows.
struct Rest<'de, A> {
    before: VecDeque<(std::borrow::Cow<'de, str>, Value)>,
    value: Option<Value>,
    map: A,
}

impl<'de, A: MapAccess<'de>> EnumAccess<'de> for Variant<'de, A> {
    type Error = A::Error;
    type Variant = Rest<'de, A>;

    fn variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<(T::Value, Self::Variant), A::Error> {
        let name: StrDeserializer<'_, A::Error> = self.name.as_ref().into_deserializer();
        Ok((seed.deserialize(name)?, self.rest))
    }
}

impl<'de, A: MapAccess<'de>> VariantAccess<'de> for Rest<'de, A> {
    type Error = A::Error;

    fn unit_variant(mut self) -> Result<(), A::Error> {
        while self.map.next_entry::<de::IgnoredAny, de::IgnoredAny>()?.is_some() {}
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, A::Error> {
        seed.deserialize(MapAccessDeserializer::new(self))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, _: V) -> Result<V::Value, A::Error> {
        Err(de::Error::custom("it is no variant with named fields"))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, A::Error> {
        visitor.visit_map(self)
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Rest<'de, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        let Some((name, value)) = self.before.pop_front() else { return self.map.next_key_seed(seed) };
        self.value = Some(value);
        let name: StrDeserializer<'_, A::Error> = name.as_ref().into_deserializer();
        seed.deserialize(name).map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, A::Error> {
        match self.value.take() {
            Some(value) => seed.deserialize(value).map_err(de::Error::custom),
            None => self.map.next_value_seed(seed),
        }
    }
}
