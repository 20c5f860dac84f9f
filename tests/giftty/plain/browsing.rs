//! Finding a brand in lines.

use crate::support::sandbox::World;

#[tokio::test]
async fn the_categories_are_said_with_their_counts_and_a_number_narrows_the_brands() {
    let world = World::manual().await;
    let mut you = world.sit_down_in_lines();
    you.answers("Which country?", "united states").await;
    you.answers("1 United States", "1").await;
    you.answers("f for a category", "k").await;
    you.answers("brands of gift cards. Which one?", "f").await;
    you.hears("Which category of gift cards?\n1 all, ").await;
    you.answers("Type a number", "electronics").await;
    you.hears("1 electronics, ").await;
    you.answers("Type a number", "1").await;
    you.answers("brands of gift cards in electronics. Which one?", "f").await;
    you.answers("1 all, ", "b").await;
    you.hears("brands of gift cards in electronics. Which one?").await;
    let said = you.hangs_up().await;
    let count = |before: &str, after: &str| {
        let behind = said.split(before).last().unwrap();
        behind.split(after).next().unwrap().to_owned()
    };
    let told = count("\n1 electronics, ", " brands");
    assert_eq!(count("United States: ", " brands of gift cards in"), told, "{said}");
}
