package dev.gatehouse.analyzer.verb;

import dev.gatehouse.analyzer.lexer.Cursor;
import dev.gatehouse.analyzer.lexer.Unreadable;

/** Holds synopses against the tokens of one command. */
final class Attempt {

    private final Manual manual;
    private final Cursor cursor;
    private final Draft draft = new Draft();
    private final Wording wording;
    private int furthest;

    Attempt(Manual manual, Cursor cursor) {
        this.manual = manual;
        this.cursor = cursor;
        this.wording = new Wording(cursor, draft);
        this.furthest = cursor.mark();
    }

    /** What the last synopsis that fitted says of the command. */
    Draft draft() {
        return draft;
    }

    /** Whether a synopsis fits the whole command. */
    boolean fits(Synopsis synopsis) {
        int mark = cursor.mark();
        if (read(synopsis) && ends()) {
            return true;
        }
        cursor.reset(mark);
        draft.reset(0);
        return false;
    }

    private boolean ends() {
        furthest = Math.max(furthest, cursor.mark());
        return cursor.atEnd();
    }

    /** Points at the first token that no synopsis has a place for. */
    Unreadable unexpected() {
        cursor.reset(furthest);
        return cursor.unexpected();
    }

    /** Reads on by a synopsis; where it does not fit, nothing was read. */
    private boolean read(Synopsis synopsis) {
        int mark = cursor.mark();
        int said = draft.mark();
        boolean fits = synopsis instanceof Synopsis.Sequence sequence
                ? sequence.all().stream().allMatch(this::read)
                : synopsis instanceof Synopsis.Choice choice
                        ? choice.any().stream().anyMatch(this::read)
                        : one(synopsis);
        if (!fits) {
            furthest = Math.max(furthest, cursor.mark());
            cursor.reset(mark);
            draft.reset(said);
        }
        return fits;
    }

    private boolean one(Synopsis synopsis) {
        if (synopsis instanceof Synopsis.Word word) {
            return cursor.accept(word.word());
        } else if (synopsis instanceof Synopsis.Sign sign) {
            return cursor.acceptMark(sign.sign()) || cursor.acceptOperator(sign.sign());
        } else if (synopsis instanceof Synopsis.Maybe maybe) {
            read(maybe.one());
            return true;
        } else if (synopsis instanceof Synopsis.Several several) {
            return several(several);
        } else if (synopsis instanceof Synopsis.Unless unless) {
            return !comes(unless.one());
        } else if (synopsis instanceof Synopsis.Rule rule) {
            return read(manual.rule(rule.name()));
        } else if (synopsis instanceof Synopsis.Written written) {
            return wording.read(written.form());
        } else if (synopsis instanceof Synopsis.Named named) {
            return wording.read(named);
        } else if (synopsis instanceof Synopsis.Column column) {
            return wording.column(column.own());
        }
        say(synopsis);
        return true;
    }

    private void say(Synopsis synopsis) {
        if (synopsis instanceof Synopsis.Noted noted) {
            draft.note(noted.trait());
        } else if (synopsis instanceof Synopsis.Answered answered) {
            draft.answers(answered.columns());
        } else if (synopsis instanceof Synopsis.Detailed detailed) {
            draft.detail(detailed.deed(), detailed.detail());
        } else {
            throw new IllegalStateException("not read: " + synopsis);
        }
    }

    private boolean several(Synopsis.Several several) {
        if (!read(several.one())) {
            return false;
        }
        boolean more = true;
        while (more) {
            int mark = cursor.mark();
            more = (!several.commas() || cursor.acceptMark(",")) && read(several.one()) && cursor.mark() > mark;
            if (!more) {
                cursor.reset(mark);
            }
        }
        return true;
    }

    private boolean comes(Synopsis synopsis) {
        int mark = cursor.mark();
        int said = draft.mark();
        boolean comes = read(synopsis);
        cursor.reset(mark);
        draft.reset(said);
        return comes;
    }
}
