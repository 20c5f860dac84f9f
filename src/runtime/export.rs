//! Exports an order's codes to a new, private file, never overwriting another one.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::Path;

use crate::domain::failure::Failure;
use crate::domain::record::Attempt;
use crate::domain::text::{Printable, Secret};

/// The exclusive upper bound on the number in an export's name.
const NAMES: u32 = 1000;

/// Returns the path of an unused name in a folder.
pub fn plan(folder: &Path, attempt: Attempt) -> Result<String, Failure> {
    let names = (1..NAMES).map(|number| match number {
        1 => format!("order-{}.txt", attempt.0),
        more => format!("order-{}-{more}.txt", attempt.0),
    });
    // Links are not followed: a dangling link takes the name, too.
    let mut free = names.map(|name| folder.join(name)).filter(|path| path.symlink_metadata().is_err());
    let path = free.next().ok_or_else(|| not_written("every name for it is taken"))?;
    path.to_str().map(str::to_owned).ok_or_else(|| not_written("its folder has a name that cannot be shown"))
}

/// Writes a new file that only its owner can read. Fails if the file exists.
pub fn write(path: &str, text: &Secret) -> Result<(), Failure> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => not_written("there is a file of that name now"),
        _ => not_written(&error.to_string()),
    })?;
    let written = file.write_all(text.reveal().as_bytes()).and_then(|()| file.sync_all());
    written.map_err(|error| not_written(&error.to_string()))
}

fn not_written(why: &str) -> Failure {
    Failure::Unrecorded(Printable::new(why))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_private_and_never_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let first = plan(folder.path(), Attempt(3)).unwrap();
        assert!(first.ends_with("order-3.txt"));
        write(&first, &Secret::from("AAAA")).unwrap();
        let refused = write(&first, &Secret::from("BBBB")).unwrap_err();
        assert!(refused.to_string().contains("a file of that name"), "{refused}");
        assert_eq!(std::fs::read_to_string(&first).unwrap(), "AAAA");
        assert!(plan(folder.path(), Attempt(3)).unwrap().ends_with("order-3-2.txt"));
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_can_read_it_and_no_link_leads_elsewhere() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        let folder = tempfile::tempdir().unwrap();
        let path = plan(folder.path(), Attempt(1)).unwrap();
        symlink(folder.path().join("elsewhere"), &path).unwrap();
        assert!(write(&path, &Secret::from("AAAA")).is_err());
        assert!(plan(folder.path(), Attempt(1)).unwrap().ends_with("order-1-2.txt"));
        let path = plan(folder.path(), Attempt(1)).unwrap();
        write(&path, &Secret::from("AAAA")).unwrap();
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
