-- A board reads the stories of one sprint in their order: with the id in the index nothing is left to sort.
drop index story_sprint;
create index story_sprint on story (product, sprint, rank, id);
