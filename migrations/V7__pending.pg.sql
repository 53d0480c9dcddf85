-- A twin: PostgreSQL lets new words wait in a list that every search reads through; after an import that list was the
-- whole cost of a search. A short one is emptied often, in lots that are still cheap.
alter index search_doc_words set (gin_pending_list_limit = 128);
