"""A second, separate reading of the access table, to test the first against.

Written from the table of the access model alone (security design, section 3, rows K1 to K22,
with two rows added by the partnership's rules, K0 and K17m), without sight of the policy or its
matrix file, and in another form: one short function for each kind of record. Where the two
readings differ, one of them is wrong, or the table is. Change this file only after reading the
table again.

`expected(role, action, kind, asker, thing)` answers yes or no. `asker` and `thing` are
dictionaries of the facts named in ASKER and THING; a fact left out has the value given there.

Doubtful cells, and how they are read here
------------------------------------------
General
 1. Letters are read literally. E, S, V, P, C or M does not bring R; R does not bring L. The one
    thing implied is R by I. So BM and BO may make a publication pack (K12 "CEP", "CE") but have
    no R there.
 2. A cell with letters and no scope (K12, K20, K21, and C for BO in K15) holds for every thing,
    as A. A bare "C" is the action create, a bare "V" the action approve; PUB's "V:R" is scope
    released.
 3. D stands in no cell of the table, so nobody disposes through this function.
 4. "agg" and "L3 aggregates only" give nothing on the records themselves.
 5. "own" without letters: R of one's own (K19 AC); in K18 also C, since a person declares. The
    person's own and the own agency's are the one fact `own`.
 6. "SAR" without letters (K8, K16) is R when the thing answers a live subject access request.
 7. Words that are no action ("key share", "run", "verify" in K22) give nothing here: they are
    commands and keys, not records. "hold" (K21 LG) is read as C: a legal hold is written down.
Cells
 8. K1 BM, BO "I·C": the same row writes "C:I" for the chair, so this must say something else:
    the actions I and C. Scope unstated; read narrowly, for a member of the case.
 9. K6 AC "C:R own part": member, and the part is own.
10. K7 "clearance": R, when there is a seal and every seal on it is cleared. A K7 thing with no
    seal named is refused to all (fails closed). LG "C:RCE (LPP)": a member, the privilege seal
    is on it, and the clearances are still needed.
11. K10 AN "RCEX*": X for all tables here; that only released ones leave is seen to in the move.
12. K12 IN, TR, AL "R" and SC "R+comment": R for every pack, no grant needed, by reading 2.
13. K17 PC "C:M" stays as written, although memberships of a matter are K17m too.
14. K0 "everybody signed in": not PUB (outside) nor KIN (a one-time link).
Rules round the table
15. Draft "by scope O or OWN": a draft is seen by its author's side, so `own` must be true
    besides what the row asks, whatever the row's scope is.
16. "X, P and break-glass itself" need step-up: broken glass counts only while stepped up.
17. Broken glass is left out of account when legal privilege is on the thing, cleared or not; an
    ordinary member with the clearance is not touched by that.
18. Lapsed training or agreement stops X and M everywhere and C on K4, K8, K17m (if X were meant
    for those three kinds only it would stop nothing, no cell of theirs having X).
19. K4 PM "after submit" is submitted, locked or closed; a thing under legal hold is not among
    them.
20. "M stays for BM" when closed: for BM only, in every kind where BM has M.
"""

ROLES = [
    "BM", "BO", "DSP", "PC", "PM", "AL", "AC", "AU", "IR", "SC",
    "AN", "IG", "LG", "TR", "IN", "SA", "SU", "PUB", "KIN",
]  # fmt: skip
ACTIONS = ["L", "R", "I", "C", "E", "S", "V", "X", "P", "D", "M"]
KINDS = [
    "K0", "K1", "K2", "K3", "K4", "K5", "K6", "K7", "K8", "K9", "K10", "K11", "K12",
    "K13", "K14", "K15", "K16", "K17", "K17m", "K18", "K19", "K20", "K21", "K22",
]  # fmt: skip
STATES = ["draft", "open", "submitted", "locked", "closed", "held", "disposed"]
PRIVILEGE = "legal_privilege"

ASKER = {
    "active": True,
    "second_factor": True,
    "stepped_up": False,
    "is_local_authority": False,
    "training_in_date": True,
    "sharing_agreement": True,
}
THING = {
    "own": False,
    "member": False,
    "grant": False,
    "break_glass": False,
    "conflict": False,
    "agency_sealed": False,
    "seals": frozenset(),
    "clearances": frozenset(),
    "state": "open",
    "statutory_live": False,
    "released": False,
    "subject_access": False,
}


class Facts:
    """The facts a row may ask about, after broken glass has been taken into account."""

    def __init__(self, role, action, asker, thing):
        seals = frozenset(thing["seals"])
        glass = (
            thing["break_glass"]
            and asker["stepped_up"]
            and role in ("BM", "DSP", "PC", "IG")
            and action in ("L", "R", "I")
            and PRIVILEGE not in seals
        )
        self.glass = glass
        self.own = thing["own"]
        self.member = thing["member"] or glass
        self.grant = thing["grant"] or glass
        self.local_authority = asker["is_local_authority"]
        self.subject_access = thing["subject_access"]
        self.released = thing["released"]
        self.state = thing["state"]
        self.privileged = PRIVILEGE in seals
        self.cleared = bool(seals) and seals <= frozenset(thing["clearances"])


def expected(role: str, action: str, kind: str, asker: dict, thing: dict) -> bool:
    """Whether somebody in this role may do this to a thing of this kind, the facts being so."""
    if role not in ROLES or action not in ACTIONS or kind not in KINDS:
        return False
    asker = {**ASKER, **asker}
    thing = {**THING, **thing}

    # Nobody who has left, or came in by one factor.
    if not asker["active"] or not asker["second_factor"]:
        return False
    # Deny overrides: nothing beats a conflict, nor a matter sealed to named persons of the agency.
    if thing["conflict"] or thing["agency_sealed"]:
        return False
    # Every seal needs its clearance, for every action and every kind.
    for seal in thing["seals"]:
        if seal not in thing["clearances"]:
            return False
    # Signing in again first: reveal, export, publish.
    if action in ("I", "X", "P") and not asker["stepped_up"]:
        return False
    # Lapsed training or agreement stops new discretionary sharing, never statutory work.
    lapsed = not asker["training_in_date"] or not asker["sharing_agreement"]
    if lapsed and not thing["statutory_live"]:
        if action == "X" or action == "M":
            return False
        if action == "C" and kind in ("K4", "K8", "K17m"):
            return False
    if not _state_leaves_room(role, action, thing):
        return False

    facts = Facts(role, action, asker, thing)
    # Broken glass shows the six case kinds even to a role whose row says nothing.
    if facts.glass and action in ("L", "R") and kind in ("K2", "K3", "K4", "K5", "K6", "K16"):
        return True
    return bool(ROWS[kind](role, action, facts))


def _state_leaves_room(role, action, thing):
    state = thing["state"]
    if state == "open":
        return True
    if state == "draft":
        return thing["own"] and action in ("L", "R", "C", "E", "S", "D")
    if state == "submitted" or state == "locked":
        return action != "E"
    if state == "closed":
        if action == "M":
            return role == "BM"
        return action not in ("C", "E", "S", "V")
    if state == "held":
        return action != "D"
    return False  # disposed, or a state nobody has heard of


# ---- the rows ----


def directory(role, action, f):
    # K0: everybody signed in reads; BM and SA also create, edit, manage.
    if role in ("BM", "SA"):
        return action in ("R", "C", "E", "M")
    return action == "R" and role not in ("PUB", "KIN")


def identity_vault(role, action, f):
    # K1. Reveal brings reading in pseudonym.
    if role == "BM" or role == "BO":  # I·C
        return f.member and action in ("I", "R", "C")
    if action != "I" and action != "R":
        return False
    if role == "PC":  # C:I
        return f.member
    if role == "AL" or role == "AC":  # O∩C:I
        return f.own and f.member
    if role in ("DSP", "IR", "LG", "IN"):  # G:I
        return f.grant
    if role == "IG":  # SAR:I
        return f.subject_access
    return False


def case_core(role, action, f):
    # K2
    if role == "BM":  # A:LRCEM
        return action in ("L", "R", "C", "E", "M")
    if role == "BO":  # A:LRCE
        return action in ("L", "R", "C", "E")
    if role == "DSP" or role == "SC":  # A:LR
        return action in ("L", "R")
    if role == "PC":  # C:LRE
        return f.member and action in ("L", "R", "E")
    if role in ("PM", "AL", "LG"):  # C:LR
        return f.member and action in ("L", "R")
    if role == "AC":  # C:L
        return f.member and action == "L"
    if role == "IR" or role == "IN":  # G:LR
        return f.grant and action in ("L", "R")
    if role == "IG":  # A:L
        return action == "L"
    return False


def incident_notification(role, action, f):
    # K3
    if role == "BM":  # A:RCES
        return action in ("R", "C", "E", "S")
    if role == "BO":  # C:RCE
        return f.member and action in ("R", "C", "E")
    if role == "DSP":  # LA-DSP:S, A:R: the local authority alone notifies
        if action == "S":
            return f.local_authority
        return action == "R"
    if role == "AL":  # O:RCE
        return f.own and action in ("R", "C", "E")
    if action != "R":
        return False
    if role in ("PC", "PM", "LG"):  # C:R
        return f.member
    if role == "IR" or role == "IN":  # G:R
        return f.grant
    return role == "SC"  # A:R


def agency_return(role, action, f):
    # K4: the agency's own hand only
    if role == "AL":  # O:RCES
        return f.own and action in ("R", "C", "E", "S")
    if role == "AC":  # O:RCE
        return f.own and action in ("R", "C", "E")
    if action != "R":
        return False
    if role in ("BM", "BO", "DSP", "PC", "LG"):  # C:R
        return f.member
    if role == "PM":  # C:R (after submit)
        return f.member and f.state in ("submitted", "locked", "closed")
    if role in ("IR", "SC", "IN"):  # G:R
        return f.grant
    return False


def rapid_review(role, action, f):
    # K5
    if role == "SC":  # A:R
        return action == "R"
    if role == "IR" or role == "IN":  # G:R
        return f.grant and action == "R"
    if not f.member:
        return False
    if role == "BM" or role == "BO":  # C:RCE
        return action in ("R", "C", "E")
    if role == "DSP":  # C:RV
        return action in ("R", "V")
    if role == "PC":  # C:RES
        return action in ("R", "E", "S")
    return role in ("PM", "AL", "LG") and action == "R"  # C:R


def practice_review(role, action, f):
    # K6
    if role == "SC":  # A:R
        return action == "R"
    if role == "IR":  # G:RCE
        return f.grant and action in ("R", "C", "E")
    if role == "IN":  # G:R
        return f.grant and action == "R"
    if not f.member:
        return False
    if role in ("BM", "BO", "PC"):  # C:RE
        return action in ("R", "E")
    if role == "DSP":  # C:RV
        return action in ("R", "V")
    if role == "AC":  # C:R own part
        return action == "R" and f.own
    return role in ("PM", "AL", "LG") and action == "R"  # C:R


def sealed(role, action, f):
    # K7
    if not f.cleared:
        return False
    if role == "LG":  # C:RCE (LPP)
        return f.member and f.privileged and action in ("R", "C", "E")
    if action != "R":
        return False
    if role in ("BM", "DSP", "PC", "PM", "IG"):  # clearance
        return True
    if role == "AL":  # O∩clearance
        return f.own
    if role == "IR" or role == "SC":  # G∩clearance
        return f.grant
    return False


def exploitation_tracker(role, action, f):
    # K8
    if role == "AL":  # O∪C:RCES
        return (f.own or f.member) and action in ("R", "C", "E", "S")
    if role == "AC":  # O∪C:RCE
        return (f.own or f.member) and action in ("R", "C", "E")
    if action != "R":
        return False
    if role == "BM":  # C:R
        return f.member
    if role == "IG":  # SAR
        return f.subject_access
    if role == "IN":  # G:R
        return f.grant
    return False  # AN: aggregates only


def audit_sample(role, action, f):
    # K9
    if role == "BM":  # A:RCEM
        return action in ("R", "C", "E", "M")
    if role == "BO":  # C:RCE
        return f.member and action in ("R", "C", "E")
    if role == "AL":  # O:R
        return f.own and action == "R"
    if role == "AC":  # O:RCE
        return f.own and action in ("R", "C", "E")
    if role == "AU":  # C:RCES
        return f.member and action in ("R", "C", "E", "S")
    if role == "SC":  # A:R
        return action == "R"
    if role == "IN":  # G:R
        return f.grant and action == "R"
    return False


def data_submission(role, action, f):
    # K10
    if role in ("BM", "BO", "DSP", "SC"):  # A:R
        return action == "R"
    if role == "AL":  # O:RCES
        return f.own and action in ("R", "C", "E", "S")
    if role == "AC":  # O:RCE
        return f.own and action in ("R", "C", "E")
    if role == "AN":  # A:RCEX*
        return action in ("R", "C", "E", "X")
    return False


def indicators(role, action, f):
    # K11
    if role == "AN":  # A:RCE
        return action in ("R", "C", "E")
    if action != "R":
        return False
    if role == "AC":  # O:R
        return f.own
    if role == "IN":  # G:R
        return f.grant
    return role in ("BM", "BO", "DSP", "PC", "PM", "AL", "AU", "SC", "TR")  # A:R


def publication_pack(role, action, f):
    # K12
    if role == "BM":  # CEP†
        return action in ("C", "E", "P")
    if role == "BO" or role == "AN":  # CE
        return action in ("C", "E")
    if role in ("DSP", "PC", "IG", "LG"):  # V†, LG V
        return action == "V"
    if role in ("AL", "SC", "TR", "IN"):  # R, SC R+comment
        return action == "R"
    if role == "PUB":  # V:R
        return f.released and action == "R"
    return False


def actions_log(role, action, f):
    # K13
    if role == "BM":  # A:RCEM
        return action in ("R", "C", "E", "M")
    if role == "BO":  # A:RCE
        return action in ("R", "C", "E")
    if role == "AL":  # O:RES, A:R
        return action == "R" or (f.own and action in ("E", "S"))
    if role == "AC":  # O:RE
        return f.own and action in ("R", "E")
    if role == "SC":  # A:RV
        return action in ("R", "V")
    if role == "IR" or role == "IN":  # G:R
        return f.grant and action == "R"
    return role in ("DSP", "PC", "PM", "AU", "AN", "TR") and action == "R"  # A:R


def self_assessment(role, action, f):
    # K14
    if role in ("BM", "BO", "DSP"):  # A:R
        return action == "R"
    if role == "AL":  # O:RCES
        return f.own and action in ("R", "C", "E", "S")
    if role == "AC":  # O:RCE
        return f.own and action in ("R", "C", "E")
    if role == "SC":  # A:RV
        return action in ("R", "V")
    if role == "IN":  # G:R
        return f.grant and action == "R"
    return False


def escalation(role, action, f):
    # K15
    if role == "BM":  # A:RCE
        return action in ("R", "C", "E")
    if role == "BO":  # C
        return action == "C"
    if role == "DSP" or role == "SC":  # A:R
        return action == "R"
    if role == "AL":  # O:RCES
        return f.own and action in ("R", "C", "E", "S")
    if role == "AC":  # O:RC
        return f.own and action in ("R", "C")
    return False


def voice(role, action, f):
    # K16
    if role == "KIN":  # C own only
        return f.own and action == "C"
    if action != "R":
        return False
    if role in ("BM", "BO", "PC", "PM"):  # C:R
        return f.member
    if role == "IR":  # G:R
        return f.grant
    if role == "IG":  # SAR
        return f.subject_access
    return role == "SC"  # A:R pseud.


def accounts_and_roles(role, action, f):
    # K17
    if role == "BM" or role == "SA":  # A:RCM
        return action in ("R", "C", "M")
    if role in ("BO", "DSP", "SC", "IG", "SU"):  # A:R
        return action == "R"
    if role == "PC":  # C:M
        return f.member and action == "M"
    if role == "AL":  # O:RCM (own agency users)
        return f.own and action in ("R", "C", "M")
    return False


def memberships(role, action, f):
    # K17m: who is on a matter; the system administrator has no part in it
    if role == "BM":  # A:RCM
        return action in ("R", "C", "M")
    if role == "PC":  # C:RM
        return f.member and action in ("R", "M")
    return role in ("BO", "DSP", "SC", "IG", "SU") and action == "R"  # A:R


def conflicts(role, action, f):
    # K18 (that nobody meets a block about themselves is the conflict rule above)
    if role == "BM":  # A:RCM‡
        return action in ("R", "C", "M")
    if role == "PC":  # C:RM‡
        return f.member and action in ("R", "M")
    if role == "AL":  # O:RC‡
        return f.own and action in ("R", "C")
    if role == "IG":  # A:RM
        return action in ("R", "M")
    if role == "SC" or role == "SU":  # A:R
        return action == "R"
    if role in ("BO", "PUB", "KIN"):  # –
        return False
    return f.own and action in ("R", "C")  # own: DSP PM AC AU IR AN LG TR IN SA


def audit_log(role, action, f):
    # K19
    if role == "IG" or role == "SU":  # A:RX
        return action in ("R", "X")
    if action != "R":
        return False
    if role == "BM" or role == "PC":  # C:R
        return f.member
    if role == "AL" or role == "AC":  # O:R own staff; own
        return f.own
    return role == "SC"  # A:R


def information_requests(role, action, f):
    # K20
    if role == "BM" or role == "SC":  # R; A:R
        return action == "R"
    if role == "BO":  # C
        return action == "C"
    if role == "DSP":  # V
        return action == "V"
    if role == "AL":  # O:R
        return f.own and action == "R"
    if role == "IG":  # A:RCEX
        return action in ("R", "C", "E", "X")
    if role == "LG":  # A:RV
        return action in ("R", "V")
    return False


def retention(role, action, f):
    # K21
    if role == "BM":  # CE
        return action in ("C", "E")
    if role == "DSP":  # V†
        return action == "V"
    if role == "SC" or role == "SU":  # A:R; R
        return action == "R"
    if role == "IG":  # CV†
        return action in ("C", "V")
    if role == "LG":  # hold
        return action == "C"
    return False


def backups(role, action, f):
    # K22: key share, run, verify are commands, not records
    return False


ROWS = {
    "K0": directory,
    "K1": identity_vault,
    "K2": case_core,
    "K3": incident_notification,
    "K4": agency_return,
    "K5": rapid_review,
    "K6": practice_review,
    "K7": sealed,
    "K8": exploitation_tracker,
    "K9": audit_sample,
    "K10": data_submission,
    "K11": indicators,
    "K12": publication_pack,
    "K13": actions_log,
    "K14": self_assessment,
    "K15": escalation,
    "K16": voice,
    "K17": accounts_and_roles,
    "K17m": memberships,
    "K18": conflicts,
    "K19": audit_log,
    "K20": information_requests,
    "K21": retention,
    "K22": backups,
}


# ---- situations ----

SCOPES = [  # every way of standing to a thing: 16
    {"own": own, "member": member, "grant": grant, "break_glass": glass}
    for own in (False, True)
    for member in (False, True)
    for grant in (False, True)
    for glass in (False, True)
]
MAIN_SCOPES = [
    {},
    {"own": True},
    {"member": True},
    {"grant": True},
    {"break_glass": True},
    {"own": True, "member": True},
    {"own": True, "member": True, "grant": True, "break_glass": True},
]
SEALS = [
    frozenset({PRIVILEGE}),
    frozenset({"police"}),
    frozenset({"adoption"}),
    frozenset({"whistleblower"}),
    frozenset({"protected_address"}),
    frozenset({PRIVILEGE, "police"}),
]


def situations():
    """The (asker facts, thing facts) worth trying, each once, whole, always in the same order."""
    seen = set()
    for asker, thing in _combinations():
        asker = {**ASKER, **asker}
        thing = {**THING, **thing}
        key = (tuple(asker.values()), tuple(thing.values()))
        if key not in seen:
            seen.add(key)
            yield asker, thing


def _combinations():
    stepped = {"stepped_up": True}
    # Every scope, stepped up or not, plain, in conflict, agency sealed.
    for scope in SCOPES:
        for up in (False, True):
            for bar in ({}, {"conflict": True}, {"agency_sealed": True}):
                yield {"stepped_up": up}, {**scope, **bar}
    # Every state, and a state nobody has heard of.
    for state in [*STATES, "unheard_of"]:
        for scope in MAIN_SCOPES:
            for up in (False, True):
                yield {"stepped_up": up}, {**scope, "state": state}
    # Seals: without clearance, with the wrong one, with part, with all, with more than all.
    for seals in SEALS:
        some = frozenset(sorted(seals)[:1])
        for held in (frozenset(), frozenset({"other"}), some, seals, seals | {"other"}):
            for scope in MAIN_SCOPES:
                yield stepped, {**scope, "seals": seals, "clearances": held}
        for bar in ({"conflict": True}, {"agency_sealed": True}, {"state": "draft"}):
            everything = MAIN_SCOPES[-1]
            yield stepped, {**everything, **bar, "seals": seals, "clearances": seals}
        yield {}, {"member": True, "seals": seals, "clearances": seals}
        yield {}, {"break_glass": True, "seals": seals, "clearances": seals}
    # Clearances held where nothing is sealed.
    for scope in MAIN_SCOPES:
        yield stepped, {**scope, "clearances": frozenset({PRIVILEGE, "police"})}
    # Left, or one factor only.
    for gone in ({"active": False}, {"second_factor": False}):
        for scope in MAIN_SCOPES:
            yield {**stepped, **gone}, {**scope, "released": True, "subject_access": True}
            yield {**stepped, **gone}, {**scope, "statutory_live": True}
    # The local authority, in each state.
    for state in STATES:
        for scope in MAIN_SCOPES:
            yield {**stepped, "is_local_authority": True}, {**scope, "state": state}
    # Lapsed training, lapsed agreement, both; statutory work live or not.
    for training, agreement in ((False, True), (True, False), (False, False)):
        for live in (False, True):
            for state in ("open", "closed"):
                for scope in MAIN_SCOPES:
                    yield (
                        {**stepped, "training_in_date": training, "sharing_agreement": agreement},
                        {**scope, "statutory_live": live, "state": state},
                    )
    # Statutory work live, nothing lapsed: changes nothing.
    for scope in MAIN_SCOPES:
        yield stepped, {**scope, "statutory_live": True}
    # Released, and answering a subject access request, alone and against the bars.
    for opened in ({"released": True}, {"subject_access": True}):
        for scope in MAIN_SCOPES:
            for up in (False, True):
                yield {"stepped_up": up}, {**scope, **opened}
        for bar in (
            {"conflict": True},
            {"agency_sealed": True},
            {"seals": frozenset({"adoption"})},
            {"seals": frozenset({"adoption"}), "clearances": frozenset({"adoption"})},
            {"state": "draft"},
            {"state": "closed"},
            {"state": "held"},
            {"state": "disposed"},
        ):
            yield stepped, {**opened, **bar}
