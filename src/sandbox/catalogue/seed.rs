//! Deterministic random numbers and ids, the same on every machine and at every start.

use uuid::Uuid;

/// The UUID namespace of every id of the sandbox.
const NAMESPACE: Uuid = Uuid::from_u128(0x6769_6674_7479_5000_8000_7361_6e64_626f);

/// A small random number generator (`SplitMix64`), seeded with words.
#[derive(Debug)]
pub(super) struct Dice(u64);

impl Dice {
    /// Creates the generator of these words; other words give other numbers.
    pub(super) fn of(words: &[&str]) -> Self {
        // FNV-1a, with a byte after each word so that ("a", "bc") and ("ab", "c") differ.
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        for byte in words.iter().flat_map(|word| word.bytes().chain([0xff])) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        Self(hash)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut word = self.0;
        word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        word ^ (word >> 31)
    }

    /// Returns a number from zero up to, but not including, the bound.
    pub(super) fn below(&mut self, bound: u32) -> u32 {
        let rest = self.next() % u64::from(bound.max(1));
        u32::try_from(rest).unwrap_or_default()
    }

    /// Returns true with this probability, in percent.
    pub(super) fn percent(&mut self, chance: u32) -> bool {
        self.below(100) < chance
    }

    /// Picks an element of a list, which must not be empty.
    pub(super) fn pick<'a, T: ?Sized>(&mut self, list: &[&'a T]) -> &'a T {
        let index = self.below(u32::try_from(list.len()).unwrap_or(1));
        list[usize::try_from(index).unwrap_or_default()]
    }
}

/// Returns the UUID (v5) of these words.
pub(super) fn id(words: &[&str]) -> Uuid {
    Uuid::new_v5(&NAMESPACE, words.join("/").as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words_throw_the_same_numbers() {
        let throw = |words: &[&str]| {
            let mut dice = Dice::of(words);
            [dice.below(1000), dice.below(1000), dice.below(1000)]
        };
        assert_eq!(throw(&["US", "Steam"]), throw(&["US", "Steam"]));
        assert_ne!(throw(&["US", "Steam"]), throw(&["GB", "Steam"]));
    }

    #[test]
    fn an_id_is_a_lower_case_uuid_of_version_five() {
        assert_eq!(id(&["US", "Steam"]).to_string(), "d78586d1-85df-5c51-aba2-316ae39c668a");
    }
}
