/**
 * Internal. Events as they travel between members and stand in snapshots: many at once, column by column.
 *
 * <pre>
 *   EventForms     chooses a form for each class, and remembers it
 *   EventWriter    objects -> columns of one class each -> bytes
 *   EventReader    back, trusting nothing that it reads
 *   Form           how the objects of one class are written: numbers, texts, records by component, ...
 * </pre>
 */
package io.penstock.dag.wire;
