"""The staff's screens in the Wagtail admin. Every view fetches cases through `visible_to(user)`."""
