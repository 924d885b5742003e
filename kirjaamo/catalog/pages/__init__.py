"""The pages of the room: the start page, the description, its frozen versions, and the pages of those who keep it."""
