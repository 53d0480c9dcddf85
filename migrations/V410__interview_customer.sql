-- Interviews of a customer, for their page.
create index interview_customer on interview (product, customer, held_on) where customer is not null;
