mod addresses;
mod connections;
mod faults;
mod lies;
mod till;
mod wire;
