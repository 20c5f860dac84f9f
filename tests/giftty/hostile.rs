mod headless;
mod lying_shop;
mod plain;
mod printable;
mod screen;
mod table;
mod terminal;
