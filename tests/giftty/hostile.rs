//! Text that wants to do more than be read, from every endpoint: nothing but printable text arrives.

mod headless;
mod lying_shop;
mod plain;
mod printable;
mod screen;
mod table;
mod terminal;
