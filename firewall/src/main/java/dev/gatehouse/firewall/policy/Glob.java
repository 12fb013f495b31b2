package dev.gatehouse.firewall.policy;

/**
 * A name in which {@code *} stands for any run of characters, none included.
 *
 * @param pattern the name as written
 */
public record Glob(String pattern) {

    /** Whether a name fits; case counts. */
    public boolean matches(String name) {
        if (pattern.indexOf('*') < 0) {
            return pattern.equals(name);
        }
        int p = 0;
        int n = 0;
        int star = -1;
        int resume = 0;
        while (n < name.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                resume = n;
            } else if (p < pattern.length() && pattern.charAt(p) == name.charAt(n)) {
                p++;
                n++;
            } else if (star >= 0) {
                p = star + 1;
                n = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    @Override
    public String toString() {
        return pattern;
    }
}
