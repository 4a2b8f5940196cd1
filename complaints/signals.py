"""Signals of this app, which the layers above may listen to.

`case_closed`: sent once after the commit of every closing. Sender: `Case`. Arguments: `case`,
`outcome`,
`at` (aware datetime). Not sent for outcomes that are no handling at all (out of scope, duplicate,
abuse).

`clocks_run`: sent by `complaints.automation.run_clocks` every few minutes, for what else has to be
made up for when a process was killed. Sender: None. Argument: `now` (aware datetime).

`permission_withdrawn`: sent in the transaction in which a person takes a permission back. Sender:
`Case`. Arguments: `case`, `purpose` (a value of `ConsentPurpose`).
"""

from django.dispatch import Signal

case_closed = Signal()
clocks_run = Signal()
permission_withdrawn = Signal()
