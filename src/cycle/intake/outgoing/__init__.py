"""Belongs here: workbooks that go out to people: forms to fill, marked copies of what they sent, merged versions."""
