"""Fields that tell of nobody: the other half of `complaints.privacy.held` (GDPR 5)."""

from __future__ import annotations

APP = "conduct_complaints"

#: States, dates, codes and counts of a process; what an organisation says about itself.
HARMLESS = {
    f"{APP}.Case": """
        id reference key_hash submission_id version site kind state came_from outcome contested
        stage confidential duplicate_of scope_reason first_kind held spam_signs received_at
        stored_at channel code_edition happened_edition policy_edition notice_version
        original_hash severity safety complexity impact immediate_needed
        immediate_possible priority proposed_priority first_priority route proposed_route team
        moderated_at acknowledged_at assessed_at answered_at closed_at due_at changed_at
        legal_hold cause_kind data_condition""",
    f"{APP}.Redaction": "id case why kept at",
    f"{APP}.RedactedText": "id redaction place row",
    f"{APP}.Issue": "id case number category promise finding",
    f"{APP}.Party": "id",
    f"{APP}.ContactDigest": "id party",
    f"{APP}.NoticeAddress": "id case",
    f"{APP}.Clock": """
        id case name run remedy days paused_days started_at due_at paused_at stopped_at""",
    f"{APP}.ClockEntry": "id clock what at due_at days detail",
    f"{APP}.Consent": "id",
    f"{APP}.Message": "id case direction purpose language at submission_id",
    f"{APP}.Attachment": """
        id case message public_id content_type size sha256 at internal issue question is_authority
        scan scanned_at withheld_at""",
    f"{APP}.Notice": """
        id case message template language sha256 state tries created_at next_try_at sent_at""",
    f"{APP}.Decision": """
        id case number stage proposed_at approved_at approved_again checked returned_at sent_at
        sent_hash answer_by accepted_at rejected_at others source_language""",
    f"{APP}.Remedy": "id case issue kind due_on promised_at delivered_at verified_at",
    f"{APP}.Draft": """
        id public_id code_hash token_id submission_id site language created_at changed_at
        expires_at case""",
    f"{APP}.Event": """
        id case number at action actor_role from_state to_state data previous_hash hash""",
    f"{APP}.Access": "id case export",
    f"{APP}.ExportLog": "id reference table purpose personal rows finished_at",
    f"{APP}.Involvement": "id case",
    f"{APP}.SearchEntry": "case",
    f"{APP}.ExtraAnswer": "id case issue question",
    f"{APP}.WritingDraft": "id case action",
    f"{APP}.HandlingSettings": """
        id site acknowledge_days answer_days answer_days_high answer_days_top silence_days
        update_days remedy_days look_back_months reopen_days approval verify_above currency
        working_weekdays day_ends_at time_zone emergency_advice hold_above proof_of_work small_mode
        serious_needs_training""",
    f"{APP}.ExtraQuestion": """
        id code label hint kind required where category only_if order is_active""",
    f"{APP}.ExtraOption": "id sort_order question code label is_active",
    f"{APP}.Category": "id code name parent team quick_way needs_training order is_active",
    f"{APP}.Team": "id name",
    f"{APP}.TeamMember": "id team",
    f"{APP}.RemedyKind": "id code name family order is_active",
    f"{APP}.Holiday": "id day name",
    f"{APP}.Cause": "id code name parent order is_active",
    f"{APP}.ReplyTemplate": "id code name body stage category kind order is_active",
    f"{APP}.AuthorityLimit": "id role remedy_kind amount currency",
    f"{APP}.DoomedFile": "id path since",
    f"{APP}.CaseLink": "id case other kind at",
    f"{APP}.MessageTranslation": "id message language is_source by_machine at",
    f"{APP}.Outreach": "id case due_on created_at done_at reached",
    f"{APP}.ContactRestriction": "id case measure",
    f"{APP}.Competence": "id",
    f"{APP}.Absence": "id handed_over_at",
    f"{APP}.SavedList": "id name preset query sharing team order",
    f"{APP}.ListDigest": "id saved_list every last_sent_at known",
    f"{APP}.ListColumns": "id names",
    f"{APP}.ConfigurationChange": "id at what model row",
    "conduct.Follower": "id public_id site",
    "conduct.FollowerMail": "id state tries next_try_at",
    "conduct.ClarityAnswer": "id edition language is_clear on",
}
