"""Vietnamese dates that fit in the middle of a sentence: 22 tháng 11 năm 2026."""

DATE_FORMAT = r"j \t\há\n\g n \nă\m Y"
DATETIME_FORMAT = r"H:i, j \t\há\n\g n \nă\m Y"
