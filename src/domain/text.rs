//! Text from outside, made safe to print.
