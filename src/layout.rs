//! Where things stand in a window of any size.
