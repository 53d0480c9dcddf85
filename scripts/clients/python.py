"""What a program does with the generated Python client: list, read, change with the ETag, meet a conflict, propose."""

import sys

from tandem_client import AuthenticatedClient
from tandem_client.api.default import product_list, story_create, story_edit, story_list, story_move, story_read
from tandem_client.models import (
    Done,
    Problem,
    Proposed,
    StoryCreateCreateStory,
    StoryEditEditStory,
    StoryListSort,
    StoryMoveMoveStory,
)

base, owner, manager = sys.argv[1:4]
tomas = AuthenticatedClient(base_url=base, token=owner)
mara = AuthenticatedClient(base_url=base, token=manager)

products = product_list.sync(client=tomas)
assert [product.key for product in products] == ["ORB"], products

for n in range(5):
    made = story_create.sync("ORB", client=tomas, body=StoryCreateCreateStory(title=f"Story {n}", criteria=["It works."]))
    assert isinstance(made, Done) and made.things[0].noun == "story", made

# A list, page by page, of two fields.
titles, after = [], ""
while after is not None:
    page = story_list.sync("ORB", client=tomas, limit=2, after=after, sort=StoryListSort.VALUE_1, fields="number,title")
    assert not isinstance(page, Problem), page
    titles += [item.title for item in page.items]
    after = page.next_
assert titles == [f"Story {n}" for n in reversed(range(5))], titles

# One thing, with its version as ETag.
read = story_read.sync_detailed("ORB", "ORB-1", client=tomas)
assert read.parsed.title == "Story 0" and read.parsed.criteria[0].body == "It works.", read
tag = read.headers["etag"]

# A change against that version, and the same once more: someone else was faster.
changed = story_edit.sync("ORB", "1", client=tomas, body=StoryEditEditStory(title="Changed"), if_match=tag)
assert isinstance(changed, Done), changed
late = story_edit.sync_detailed("ORB", "1", client=tomas, body=StoryEditEditStory(title="Late"), if_match=tag)
assert late.status_code == 409 and isinstance(late.parsed, Problem), late
assert late.parsed.version == 2 and late.parsed.newer["title"] == "Changed", late.parsed

# What does not fit says where.
wrong = story_edit.sync("ORB", "1", client=tomas, body=StoryEditEditStory(title="x" * 501))
assert isinstance(wrong, Problem) and wrong.errors[0].field == "title", wrong

# The Manager does not decide on the backlog, so this waits for the Owner.
waits = story_move.sync("ORB", "1", client=mara, body=StoryMoveMoveStory(to="bottom"))
assert isinstance(waits, Proposed) and [hat.value for hat in waits.asked] == ["owner"], waits

print("Python: listed, read, changed, met a conflict, proposed.")
