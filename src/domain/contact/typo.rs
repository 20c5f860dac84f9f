//! Detects likely typos in e-mail addresses: a hint for the user, never a change.

/// Mailbox domains so common that a near match is likely a typo.
const COMMON: &[&str] = &[
    "gmail.com",
    "googlemail.com",
    "yahoo.com",
    "yahoo.co.uk",
    "yahoo.fr",
    "yahoo.de",
    "yahoo.es",
    "yahoo.it",
    "yahoo.com.br",
    "hotmail.com",
    "hotmail.co.uk",
    "hotmail.fr",
    "hotmail.de",
    "hotmail.it",
    "hotmail.es",
    "outlook.com",
    "outlook.de",
    "outlook.fr",
    "live.com",
    "live.co.uk",
    "msn.com",
    "icloud.com",
    "me.com",
    "mac.com",
    "aol.com",
    "proton.me",
    "protonmail.com",
    "pm.me",
    "gmx.de",
    "gmx.net",
    "gmx.at",
    "gmx.ch",
    "gmx.com",
    "web.de",
    "t-online.de",
    "freenet.de",
    "posteo.de",
    "mailbox.org",
    "tutanota.com",
    "fastmail.com",
    "zoho.com",
    "yandex.ru",
    "yandex.com",
    "mail.ru",
    "orange.fr",
    "wanadoo.fr",
    "free.fr",
    "laposte.net",
    "sfr.fr",
    "libero.it",
    "virgilio.it",
    "tiscali.it",
    "uol.com.br",
    "bol.com.br",
    "terra.com.br",
    "qq.com",
    "163.com",
    "126.com",
    "naver.com",
    "hanmail.net",
    "daum.net",
    "comcast.net",
    "verizon.net",
    "att.net",
    "sbcglobal.net",
    "cox.net",
];

/// Domains that exist and are one typo away from a common one.
const REAL_TOO: &[&str] = &[
    "mail.com",
    "email.com",
    "ymail.com",
    "rocketmail.com",
    "gmx.fr",
    "gmx.es",
    "gmx.us",
    "live.de",
    "live.fr",
    "live.nl",
    "hotmail.nl",
    "hotmail.be",
    "outlook.es",
    "outlook.it",
    "outlook.nl",
    "yahoo.ca",
    "yahoo.in",
    "yahoo.co.in",
    "yahoo.co.jp",
    "bk.ru",
    "list.ru",
    "inbox.ru",
    "tuta.com",
    "zoho.eu",
    "proton.com",
    "fastmail.fm",
    "139.com",
    "aim.com",
    "mac.de",
    "att.com",
    "pm.com",
];

/// Endings that do not exist, and what was meant.
const ENDINGS: &[(&str, &str)] = &[
    (".con", ".com"),
    (".cmo", ".com"),
    (".ocm", ".com"),
    (".comm", ".com"),
    (".vom", ".com"),
    (".xom", ".com"),
    (".nte", ".net"),
    (".ner", ".net"),
    (".ogr", ".org"),
    (".rog", ".org"),
];

/// The minimum length of a domain in which two typos are allowed.
const LONG: usize = 10;

/// Returns the address that was probably meant, or `None` if the typed one does not look like a typo.
pub fn likely_meant(address: &str) -> Option<String> {
    let (name, domain) = address.trim().rsplit_once('@')?;
    let domain = domain.to_ascii_lowercase();
    if name.is_empty() || COMMON.contains(&domain.as_str()) || REAL_TOO.contains(&domain.as_str()) {
        return None;
    }
    let meant = near(&domain).map(str::to_owned).or_else(|| {
        let (wrong, right) = ENDINGS.iter().find(|(wrong, _)| domain.ends_with(wrong))?;
        Some(format!("{}{right}", domain.strip_suffix(wrong)?))
    })?;
    Some(format!("{name}@{meant}"))
}

/// Returns the common domain with the fewest typos, or `None` if none is close.
fn near(domain: &str) -> Option<&'static str> {
    let allowed = |common: &str| match common.len() {
        // In a short domain, a near match is as likely to be another domain as a typo.
        0..=6 => 0,
        7..LONG => 1,
        _ => 2,
    };
    let slips = COMMON.iter().map(|common| (slips(domain, common), *common));
    let near = slips.filter(|(slips, common)| *slips <= allowed(common));
    near.min_by_key(|(slips, _)| *slips).map(|(_, common)| common)
}

/// Counts the letters that were left out, added, changed or swapped with their neighbour (the optimal string
/// alignment distance).
fn slips(typed: &str, meant: &str) -> usize {
    let (typed, meant): (Vec<char>, Vec<char>) = (typed.chars().collect(), meant.chars().collect());
    // Three rows of the table: the one before the last, the last, and the current one.
    let mut before = vec![0; meant.len() + 1];
    let mut last: Vec<usize> = (0..=meant.len()).collect();
    for row in 1..=typed.len() {
        let mut this = vec![row; meant.len() + 1];
        for column in 1..=meant.len() {
            let same = typed[row - 1] == meant[column - 1];
            let mut least = (last[column - 1] + usize::from(!same)).min(last[column] + 1);
            least = least.min(this[column - 1] + 1);
            let swapped = row > 1
                && column > 1
                && typed[row - 1] == meant[column - 2]
                && typed[row - 2] == meant[column - 1];
            if swapped {
                least = least.min(before[column - 2] + 1);
            }
            this[column] = least;
        }
        before = std::mem::replace(&mut last, this);
    }
    last[meant.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_in_a_common_domain_is_noticed() {
        for (typed, meant) in [
            ("ann@gmial.com", "ann@gmail.com"),
            ("ann@gmai.com", "ann@gmail.com"),
            ("ann@gmail.co", "ann@gmail.com"),
            ("ann@gmail.con", "ann@gmail.com"),
            ("ann@GMAIL.cmo", "ann@gmail.com"),
            ("ann@hotmial.com", "ann@hotmail.com"),
            ("ann@outlok.com", "ann@outlook.com"),
            ("ann@yahooo.com", "ann@yahoo.com"),
            ("ann@iclould.com", "ann@icloud.com"),
            ("ann@protonmial.com", "ann@protonmail.com"),
            ("ann@studio.example.con", "ann@studio.example.com"),
        ] {
            assert_eq!(likely_meant(typed).as_deref(), Some(meant), "{typed}");
        }
    }

    #[test]
    fn an_address_that_may_be_right_is_left_in_peace() {
        for right in [
            "ann@gmail.com",
            "ann@mail.com",
            "ann@ymail.com",
            "ann@gmx.de",
            "ann@gmx.at",
            "ann@mx.de",
            "ann@example.com",
            "ann@company.co",
            "ann@cool.com",
            "ann@",
            "ann",
            "@gmial.com",
        ] {
            assert_eq!(likely_meant(right), None, "{right}");
        }
    }

    #[test]
    fn swapping_two_neighbours_is_one_slip() {
        assert_eq!(slips("gmial", "gmail"), 1);
        assert_eq!(slips("", "abc"), 3);
        assert_eq!(slips("abc", "abc"), 0);
    }
}
