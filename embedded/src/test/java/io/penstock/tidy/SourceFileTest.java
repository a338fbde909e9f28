package io.penstock.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SourceFileTest {

    @Test
    void blanksCommentsAndLiteralsWhereTheyStand() {
        assertCode("f(\"    \");     ", "f(\"a\\\"b\"); // x");
        assertCode("f(' ', \"  \");", "f('\"', \"'x\");");
        assertCode("a    \n   b", "a /* \n */b");
        assertCode("f(\"  \n  \")", "f(\"\"\"\n\"\"\")");
        assertCode("f(\" \"); g(\" \");", "f(\"/\"); g(\"/\");");
    }

    private static void assertCode(String expected, String text) {
        assertEquals(expected, new SourceFile("x/src/main/java/X.java", text).code());
    }

    @Test
    void knowsItsModuleAndPackage() {
        SourceFile file = new SourceFile("jet-dag/src/main/java/io/penstock/dag/plan/Plan.java", "");
        assertEquals("jet-dag", file.module());
        assertEquals("io.penstock.dag.plan", file.packageName());
        assertEquals("", new SourceFile("pom.xml", "").module());
    }

    @Test
    void namesTheLineOfAFinding() {
        assertEquals("x:3: odd", new SourceFile("x", "1\n2\n345").at(5, "odd"));
    }
}
