mod debugging;
mod leaving;
mod searching;
