mod allocations;
mod backend;
mod bytes;
mod pictures;
