"""“How to complain” on the screen and on paper, for customers and for staff (10002:2018, 7.1)."""
