/**
 * Internal. How a program reaches into a running job: calls and their replies, and feeds.
 *
 * <pre>
 *   ask --> CallDesk --Inbox--> CallSource --CallRow--> CarriesCalls(step) --CallRow--> ReplySink --> PendingCall
 *                                                            |
 *   Deadlines --time is up--> PendingCall                    +--event--> steps that lead to no reply
 * </pre>
 *
 * <p>In a compiled loop the functions of {@code CallForms} are in the place of {@code CarriesCalls(step)}.
 *
 * <p>Why so: {@code docs/decisions/0014-pipeline-as-a-function.md}.
 */
package io.penstock.dag.call;
