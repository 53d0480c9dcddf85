//! Closed lists of words (`todo`, `doing`, …): one declaration gives the enum, its spelling in
//! the database, in JSON and in schemas, so that no spelling is written twice.

/// Declares an enum whose variants are words of the product.
///
/// ```
/// kernel::words! {
///     /// How a story is called.
///     pub enum Kind { Story = "story", Bug = "bug" }
/// }
/// assert_eq!(Kind::parse("bug"), Some(Kind::Bug));
/// assert_eq!(Kind::Story.word(), "story");
/// ```
#[macro_export]
macro_rules! words {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$vmeta:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord,
            $crate::serde::Serialize, $crate::serde::Deserialize, $crate::schemars::JsonSchema)]
        #[serde(crate = "::kernel::serde")]
        #[schemars(crate = "::kernel::schemars")]
        pub enum $name { $($(#[$vmeta])* #[serde(rename = $word)] $variant),+ }

        impl $name {
            /// Every word, in the order of declaration.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The word as it is written everywhere.
            pub const fn word(self) -> &'static str {
                match self { $($name::$variant => $word),+ }
            }

            /// Reads a word; `None` when it is not one of the list.
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($word => Some($name::$variant),)+ _ => None }
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.word())
            }
        }

        impl $crate::value::Column for $name {
            fn value(&self) -> $crate::value::Value {
                $crate::value::Value::Text(self.word().to_owned())
            }
            fn read(value: $crate::value::Value) -> $crate::refusal::Result<Self> {
                let text = String::read(value)?;
                Self::parse(&text).ok_or_else(|| $crate::refusal::Refusal::broken(format!(
                    "{text:?} is no {}", stringify!($name))))
            }
        }
    };
}
