"""The words of the default survey, language -> text; terms as in the product's glossary."""

TITLE = {
    "en": "How did we handle your complaint?",
    "vi": "Chúng tôi đã xử lý khiếu nại của bạn như thế nào?",
    "zh-hans": "我们对您的投诉处理得如何？",
    "ko": "저희의 불만처리는 어떠셨습니까?",
    "fr": "Comment avons-nous traité votre réclamation ?",
    "es": "¿Cómo tratamos su queja?",
    "de": "Wie haben wir Ihre Beschwerde bearbeitet?",
    "ar": "كيف تعاملنا مع شكواك؟",
}
INTRODUCTION = {
    "en": (
        "Your case is closed. Please tell us how we did: three questions and room for a "
        "comment, about two minutes. Taking part is voluntary, and your answers change nothing "
        "about the decision."
    ),
    "vi": (
        "Vụ việc của bạn đã được đóng. Xin cho chúng tôi biết ý kiến của bạn: ba câu hỏi và "
        "một ô để ghi nhận xét, mất khoảng hai phút. Việc tham gia là tự nguyện và câu trả lời "
        "của bạn không làm thay đổi quyết định."
    ),
    "zh-hans": (
        "您的个案已经结案。请告诉我们您的看法：共三个问题，另可填写意见，大约需要两分钟。"
        "参与完全自愿，您的回答不会影响已作出的决定。"
    ),
    "ko": (
        "접수하신 건이 종결되었습니다. 저희의 처리가 어떠했는지 알려 주십시오. 질문 세 "
        "개와 의견란이 있으며 2분 정도 걸립니다. 참여는 자유이며, 답변은 결정사항에 "
        "영향을 주지 않습니다."
    ),
    "fr": (
        "Votre dossier est clos. Dites-nous comment nous nous en sommes occupés : trois "
        "questions et un espace pour un commentaire, environ deux minutes. La participation "
        "est libre et vos réponses ne changent rien à la décision."
    ),
    "es": (
        "Su caso está cerrado. Díganos cómo lo hicimos: tres preguntas y un espacio para un "
        "comentario, unos dos minutos. La participación es voluntaria y sus respuestas no "
        "cambian en nada la decisión."
    ),
    "de": (
        "Ihr Fall ist abgeschlossen. Bitte sagen Sie uns, wie wir es gemacht haben: drei "
        "Fragen und Platz für eine Anmerkung, etwa zwei Minuten. Die Teilnahme ist freiwillig, "
        "und Ihre Antworten ändern nichts an der Entscheidung."
    ),
    "ar": (
        "أُغلقت قضيتك. نرجو أن تخبرنا برأيك في عملنا: ثلاثة أسئلة ومساحة لتعليق، في نحو "
        "دقيقتين. المشاركة اختيارية، وإجاباتك لا تغيّر شيئًا في القرار."
    ),
}
THANKS = {
    "en": "What you told us helps us to handle complaints better.",
    "vi": "Những gì bạn cho biết giúp chúng tôi xử lý khiếu nại tốt hơn.",
    "zh-hans": "您的意见有助于我们改进投诉处理。",
    "ko": "알려 주신 내용은 불만처리를 개선하는 데 도움이 됩니다.",
    "fr": "Vos réponses nous aident à mieux traiter les réclamations.",
    "es": "Lo que nos ha dicho nos ayuda a tratar mejor las quejas.",
    "de": "Ihre Antworten helfen uns, Beschwerden besser zu bearbeiten.",
    "ar": "ما أخبرتنا به يساعدنا على معالجة الشكاوى بشكل أفضل.",
}
EASE = {
    "en": "How easy was it to complain to us?",
    "vi": "Bạn thấy việc gửi khiếu nại đến chúng tôi dễ hay khó?",
    "zh-hans": "您觉得向我们提出投诉容易吗？",
    "ko": "저희에게 불만을 제기하기가 얼마나 쉬웠습니까?",
    "fr": "Dans quelle mesure vous a-t-il été facile de nous adresser votre réclamation ?",
    "es": "¿En qué medida le resultó fácil presentarnos su queja?",
    "de": "Wie einfach war es für Sie, sich bei uns zu beschweren?",
    "ar": "ما مدى سهولة تقديم شكواك إلينا؟",
}
HANDLING = {
    "en": "How satisfied are you with the way we handled your complaint?",
    "vi": "Bạn hài lòng đến mức nào với cách chúng tôi xử lý khiếu nại của bạn?",
    "zh-hans": "您对我们处理投诉的方式满意吗？",
    "ko": "저희가 불만을 처리한 방식에 얼마나 만족하십니까?",
    "fr": (
        "Quel est votre degré de satisfaction quant à la manière dont nous avons traité votre "
        "réclamation ?"
    ),
    "es": "¿Cuál es su grado de satisfacción con la forma en que tratamos su queja?",
    "de": "Wie zufrieden sind Sie damit, wie wir Ihre Beschwerde bearbeitet haben?",
    "ar": "ما مدى رضاك عن طريقة معالجتنا لشكواك؟",
}
OUTCOME = {
    "en": "How satisfied are you with the outcome of your complaint?",
    "vi": "Bạn hài lòng đến mức nào với kết quả giải quyết khiếu nại của bạn?",
    "zh-hans": "您对投诉的处理结果满意吗？",
    "ko": "불만처리 결과에 얼마나 만족하십니까?",
    "fr": "Quel est votre degré de satisfaction quant au résultat de votre réclamation ?",
    "es": "¿Cuál es su grado de satisfacción con el resultado de su queja?",
    "de": "Wie zufrieden sind Sie mit dem Ergebnis Ihrer Beschwerde?",
    "ar": "ما مدى رضاك عن نتيجة شكواك؟",
}
COMMENT = {
    "en": "What could we have done better?",
    "vi": "Lẽ ra chúng tôi có thể làm tốt hơn ở điểm nào?",
    "zh-hans": "我们本可以在哪些方面做得更好？",
    "ko": "어떤 점을 더 잘할 수 있었을까요?",
    "fr": "Qu'aurions-nous pu mieux faire ?",
    "es": "¿Qué podríamos haber hecho mejor?",
    "de": "Was hätten wir besser machen können?",
    "ar": "ما الذي كان بإمكاننا فعله بشكل أفضل؟",
}
