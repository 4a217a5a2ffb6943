-- Ranks with the head A count down to the smallest one, before which there is none: clients may not send them any more.
-- Those that are here get ranks with room before them, in their order, at the top of their list as they were.
update task set rank = 'B1' || lpad(near.place::text, 24, '0')
from (select id, row_number() over (partition by list_id order by rank, id) as place from task where rank < 'B') as near
where near.id = task.id;
