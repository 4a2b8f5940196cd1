"""Sentences, names and subjects that invented cases are made of, in several languages."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, ...]] = {
    "en": (
        "The parcel was left in the rain and everything in it is wet.",
        "I waited twelve days for a delivery that was promised in three.",
        "Nobody called me back although I was told twice that somebody would.",
        "The invoice shows a charge that I never agreed to.",
        "The repair did not last a week and the machine is broken again.",
        "At the counter I was spoken to in a way that hurt me.",
        "My order came incomplete and the missing part has not arrived since.",
        "Your form would not let me choose another delivery address.",
    ),
    "vi": (
        "Gói hàng bị để ngoài mưa và mọi thứ bên trong đều ướt.",
        "Tôi chờ mười hai ngày trong khi được hứa giao trong ba ngày.",
        "Không ai gọi lại cho tôi dù đã hứa hai lần.",
    ),
    "zh-hans": (
        "包裹被放在雨里，里面的东西全湿了。",
        "承诺三天送达，我却等了十二天。",
        "账单上有一笔我从未同意的费用。",
    ),
    "ko": (
        "택배가 비를 맞아 안에 든 물건이 모두 젖었습니다.",
        "사흘 안에 온다던 배송을 열이틀이나 기다렸습니다.",
        "두 번이나 연락을 주겠다고 했지만 아무도 전화하지 않았습니다.",
    ),
    "fr": (
        "Le colis a été laissé sous la pluie et tout est mouillé.",
        "J'ai attendu douze jours une livraison promise en trois jours.",
    ),
    "es": (
        "Dejaron el paquete bajo la lluvia y todo está mojado.",
        "Esperé doce días una entrega prometida en tres.",
    ),
    "de": (
        "Das Paket stand im Regen und alles darin ist nass.",
        "Auf der Rechnung steht ein Betrag, dem ich nie zugestimmt habe.",
    ),
    "ar": (
        "تُرك الطرد تحت المطر وابتل كل ما فيه.",
        "انتظرت اثني عشر يومًا لتوصيل وُعدت به خلال ثلاثة أيام.",
    ),
}
NAMES: dict[str, tuple[str, ...]] = {
    "en": ("Alex Reed", "Sam Okafor", "Jo Lane", "Priya Nair"),
    "vi": ("Nguyễn Thị Lan", "Trần Văn Minh"),
    "zh-hans": ("王小明", "李娜"),
    "ko": ("김민지", "박준호"),
    "fr": ("Chloé Martin", "Louis Bernard"),
    "es": ("Lucía García", "Mateo Ruiz"),
    "de": ("Lena Schäfer", "Jonas Weiß"),
    "ar": ("ليلى حسن", "عمر سعيد"),
}
#: Language and how many of a hundred cases are in it.
SHARES = (
    ("en", 50),
    ("vi", 8),
    ("zh-hans", 8),
    ("ko", 8),
    ("fr", 7),
    ("es", 7),
    ("de", 7),
    ("ar", 5),
)
REMARK = {
    "note": "Called the depot; the driver's sheet is on file.",
    "update": "We have spoken to the depot and are waiting for the driver's sheet.",
}
ANSWER = "Thank you for telling us. We looked into it and explain below what we found."
REASONS = "The driver's sheet and the photograph agree with what was reported."
PLAN = "Ask the depot for the driver's sheet, call the customer, compare both."
