package dev.gatehouse.analyzer.verb;

import dev.gatehouse.analyzer.tree.Deed;
import dev.gatehouse.analyzer.tree.Verb.Trait;
import dev.gatehouse.analyzer.verb.Synopsis.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one synopsis from its text. */
final class SynopsisReader {

    private static final Pattern PIECE =
            Pattern.compile("\\s*(<[^>]+>|@[A-Za-z_]+(\\([^)]*\\))?|/[A-Z ]+/|'[^']+'|,\\.\\.\\.|\\.\\.\\."
                    + "|[A-Za-z_0-9]+|[\\[\\]{}|()!])");
    private static final Pattern PART = Pattern.compile("<([a-z_]+)([A-Z_. ]*)(?:: *([A-Z ]+))?>");
    private static final Pattern NOTE = Pattern.compile("@([A-Za-z_]+)(?:\\(([^)]*)\\))?");

    private final List<String> pieces = new ArrayList<>();
    private final String text;
    private int at;

    private SynopsisReader(String text) {
        this.text = text;
        Matcher matcher = PIECE.matcher(text);
        int end = 0;
        while (matcher.lookingAt()) {
            pieces.add(matcher.group(1));
            end = matcher.end();
            matcher.region(end, text.length());
        }
        if (!text.substring(end).isBlank()) {
            throw new IllegalArgumentException("cannot read: " + text.substring(end));
        }
    }

    static Synopsis read(String text) {
        SynopsisReader reader = new SynopsisReader(text);
        Synopsis synopsis = reader.choice();
        if (reader.at < reader.pieces.size()) {
            throw reader.unexpected();
        }
        return synopsis;
    }

    private Synopsis choice() {
        List<Synopsis> any = new ArrayList<>();
        do {
            any.add(sequence());
        } while (accept("|"));
        return any.size() == 1 ? any.get(0) : new Synopsis.Choice(List.copyOf(any));
    }

    private Synopsis sequence() {
        List<Synopsis> all = new ArrayList<>();
        while (at < pieces.size() && !"|]}".contains(pieces.get(at))) {
            all.add(repeated());
        }
        return all.size() == 1 ? all.get(0) : new Synopsis.Sequence(List.copyOf(all));
    }

    private Synopsis repeated() {
        Synopsis one = single();
        if (accept("...")) {
            return new Synopsis.Several(one, false);
        }
        return accept(",...") ? new Synopsis.Several(one, true) : one;
    }

    private Synopsis single() {
        String piece = pieces.get(at++);
        String inside = piece.length() < 2 ? "" : piece.substring(1, piece.length() - 1);
        return switch (piece.charAt(0)) {
            case '[' -> new Synopsis.Maybe(closed("]"));
            case '{' -> closed("}");
            case '!' -> new Synopsis.Unless(single());
            case '(', ')' -> new Synopsis.Sign(piece);
            case '\'' -> new Synopsis.Sign(inside);
            case '/' -> new Synopsis.Rule(inside);
            case '<' -> part(piece);
            case '@' -> note(piece);
            default -> word(piece);
        };
    }

    private Synopsis closed(String end) {
        Synopsis inside = choice();
        if (!accept(end)) {
            throw unexpected();
        }
        return inside;
    }

    private Synopsis word(String piece) {
        if (!Character.isLetter(piece.charAt(0))) {
            throw unexpected();
        }
        if (Character.isUpperCase(piece.charAt(0))) {
            return new Synopsis.Word(piece.toLowerCase(Locale.ROOT));
        }
        for (Form form : Form.values()) {
            if (form.name().equals(piece.toUpperCase(Locale.ROOT))) {
                return new Synopsis.Written(form);
            }
        }
        return new Synopsis.Rule(piece);
    }

    private Synopsis part(String piece) {
        if (piece.equals("<column>") || piece.equals("<own column>")) {
            return new Synopsis.Column(piece.equals("<own column>"));
        }
        Matcher matcher = PART.matcher(piece);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("no part: " + piece);
        }
        Deed deed = Deed.valueOf(matcher.group(1).toUpperCase(Locale.ROOT));
        String detail = matcher.group(3);
        return new Synopsis.Named(deed, matcher.group(2).trim(), detail == null ? "" : detail.trim());
    }

    private static Synopsis note(String piece) {
        Matcher matcher = NOTE.matcher(piece);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("no note: " + piece);
        }
        String inside = matcher.group(2);
        if (inside == null) {
            return new Synopsis.Noted(Trait.valueOf(matcher.group(1)));
        }
        if (matcher.group(1).equals("columns")) {
            return new Synopsis.Answered(List.of(inside.split(",", -1)));
        }
        int space = inside.indexOf(' ');
        return new Synopsis.Detailed(Deed.valueOf(inside.substring(0, space)), inside.substring(space + 1));
    }

    private boolean accept(String piece) {
        boolean there = at < pieces.size() && pieces.get(at).equals(piece);
        if (there) {
            at++;
        }
        return there;
    }

    private IllegalArgumentException unexpected() {
        return new IllegalArgumentException("piece " + at + " of: " + text);
    }
}
