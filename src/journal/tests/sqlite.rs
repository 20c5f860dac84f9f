//! What the journal relies on in the SQLite that it is built with, whatever options were set for that build.

use rusqlite::Connection;

use super::super::schema;
use super::*;

/// The journal's two kinds of connections: to read and write, and to read where nothing can be written.
fn connections(home: &Home) -> [Connection; 2] {
    drop(home.open());
    [schema::connect(&home.file()).unwrap(), schema::connect_to_read(&home.file()).unwrap()]
}

#[test]
fn no_extension_can_be_loaded_into_what_holds_codes() {
    for connection in connections(&Home::new()) {
        let loaded = connection.query_row("SELECT load_extension('anything')", [], |_| Ok(()));
        let refusal = loaded.unwrap_err().to_string();
        assert!(["not authorized", "no such function"].iter().any(|why| refusal.contains(why)), "{refusal}");
    }
}

#[test]
fn sqlite_is_built_to_be_used_by_several_threads() {
    for connection in connections(&Home::new()) {
        let mut options = connection.prepare("PRAGMA compile_options").unwrap();
        let options: Vec<String> =
            options.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap();
        assert!(options.iter().any(|option| option == "THREADSAFE=1"), "{options:?}");
        assert!(!options.iter().any(|option| option == "OMIT_WAL"), "{options:?}");
    }
}
