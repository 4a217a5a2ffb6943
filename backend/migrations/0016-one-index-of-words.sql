-- breaks: nothing: older code finds the same without this index, by the lists of the person, and takes longer for it.
-- In a file of its own: who writes waits for an index that is being made, and a drop after it would wait for them.
drop index task_search;
