//! Reads the licence of a package, `MIT OR (Apache-2.0 AND ISC)`, and judges it.

/// Whether a licence can be kept by keeping those that `allowed` accepts.
///
/// Understands AND, OR, WITH, brackets, and the old slash for OR.
pub(crate) fn permitted(expression: &str, allowed: &dyn Fn(&str) -> bool) -> Result<bool, String> {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let mut words: Vec<&str> = spaced.split_whitespace().rev().collect();
    let verdict = any(&mut words, allowed).ok_or_else(|| format!("{expression} is not a licence"))?;
    if words.is_empty() { Ok(verdict) } else { Err(format!("{expression} is not a licence")) }
}

/// Alternatives. The words are a stack, the next one on top.
fn any(words: &mut Vec<&str>, allowed: &dyn Fn(&str) -> bool) -> Option<bool> {
    let mut verdict = all(words, allowed)?;
    while words.pop_if(|word| *word == "OR").is_some() {
        verdict |= all(words, allowed)?;
    }
    Some(verdict)
}

fn all(words: &mut Vec<&str>, allowed: &dyn Fn(&str) -> bool) -> Option<bool> {
    let mut verdict = one(words, allowed)?;
    while words.pop_if(|word| *word == "AND").is_some() {
        verdict &= one(words, allowed)?;
    }
    Some(verdict)
}

fn one(words: &mut Vec<&str>, allowed: &dyn Fn(&str) -> bool) -> Option<bool> {
    match words.pop()? {
        "(" => {
            let verdict = any(words, allowed)?;
            words.pop_if(|word| *word == ")").map(|_| verdict)
        }
        ")" | "AND" | "OR" | "WITH" => None,
        licence if words.pop_if(|word| *word == "WITH").is_some() => {
            Some(allowed(&format!("{licence} WITH {}", words.pop()?)))
        }
        licence => Some(allowed(licence)),
    }
}

#[cfg(test)]
mod tests {
    use super::permitted;

    #[test]
    fn licences_are_judged_by_their_meaning() {
        let allowed = |licence: &str| ["MIT", "ISC", "Apache-2.0 WITH LLVM-exception"].contains(&licence);
        let yes = ["MIT", "MIT/GPL-3.0", "GPL-3.0 OR MIT", "(MIT OR X) AND ISC", "X AND Y OR MIT"];
        assert!(yes.iter().all(|licence| permitted(licence, &allowed) == Ok(true)));
        assert_eq!(permitted("Apache-2.0 WITH LLVM-exception", &allowed), Ok(true));
        let no = ["GPL-3.0", "MIT AND X", "(MIT OR X) AND Y", "Apache-2.0", "MIT WITH exception"];
        assert!(no.iter().all(|licence| permitted(licence, &allowed) == Ok(false)));
        let broken = ["", "MIT OR", "(MIT", "MIT ISC", "AND", "MIT WITH"];
        assert!(broken.iter().all(|licence| permitted(licence, &allowed).is_err()));
    }
}
