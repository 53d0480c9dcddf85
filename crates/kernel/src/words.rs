//! Closed lists of words (`todo`, `doing`, …): one declaration gives the enum, its spelling in
//! the database, in JSON and in schemas, so that no spelling is written twice, and how people say it.

/// A word of a closed list.
pub trait Word: Copy + std::fmt::Display + 'static {
    /// How people say it, in the middle of a sentence.
    fn says(self) -> &'static str;
}

/// Whether people could read it.
pub const fn is_plain(word: &str) -> bool {
    let bytes = word.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] == b'_' {
            return false;
        }
        at += 1;
    }
    true
}

/// Declares an enum whose variants are words of the product.
///
/// ```
/// kernel::words! {
///     /// How a story is called.
///     pub enum Kind { Story = "story", Bug = "bug", SignIn = "sign_in" says "sign-in" }
/// }
/// assert_eq!(Kind::parse("bug"), Some(Kind::Bug));
/// assert_eq!(Kind::Story.word(), "story");
/// assert_eq!(Kind::SignIn.says(), "sign-in");
/// ```
#[macro_export]
macro_rules! words {
    (@says $word:literal) => {{
        const { assert!($crate::words::is_plain($word), "say how people say it") };
        $word
    }};
    (@says $word:literal $says:literal) => { $says };
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$vmeta:meta])* $variant:ident = $word:literal $(says $says:literal)?),+ $(,)? }) => {
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

            /// How people say it, in the middle of a sentence.
            pub const fn says(self) -> &'static str {
                match self { $($name::$variant => $crate::words!(@says $word $($says)?)),+ }
            }

            /// Reads a word; `None` when it is not one of the list.
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($word => Some($name::$variant),)+ _ => None }
            }
        }

        impl $crate::words::Word for $name {
            fn says(self) -> &'static str {
                $name::says(self)
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.word())
            }
        }

        impl $crate::value::Column for $name {
            const SPOKEN: fn(&str) -> Option<&'static str> = |word| $name::parse(word).map($name::says);

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
